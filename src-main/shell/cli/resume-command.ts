import { readHistory } from '../../run-folder/read-history';
import type { Command } from './command';
import { runFolder } from './run-argument';
import { trainRun } from './train-run';

/** `resume`: goes on from the last checkpoint. */
export const resumeCommand: Command = {
  name: 'resume',
  arguments: ['RUN'],
  help: 'Goes on with a run that was stopped or lost its process, from its last checkpoint. RUN is its folder or its id.',
  options: {},
  run: async (input, context) => {
    const dir = await runFolder(input.positionals[0]!, context.home);
    const { state } = await readHistory(dir, false);
    if (state === 'finished') context.say('The run was finished already; nothing is left to train.');
    return trainRun(dir, input.flag('json'), context);
  },
};
