import { resolve } from 'node:path';
import { changeSettings } from '@shared/training/optimizer-defaults';
import { readManifest } from '../../run-folder/manifest';
import { forkRun } from '../../services/fork-run';
import { problemLine, versionsOf, type Command } from './command';
import { checkpointChoice, runFolder } from './run-argument';
import { settingChanges } from './setting-options';
import { trainRun } from './train-run';

/** `fork`: a new run from a checkpoint of another one, with other settings. */
export const forkCommand: Command = {
  name: 'fork',
  arguments: ['RUN'],
  help: 'Trains a new run from a checkpoint of another one, with other settings. Prints its folder; with --json every event, as train does.',
  options: {
    checkpoint: {
      type: 'string',
      value: 'last|best|N',
      help: 'Where to go on from; N is an epoch. Without it: last.',
    },
    name: { type: 'string', value: 'TEXT', help: 'Name of the new run. Without it: that of the other one.' },
    epochs: { type: 'string', value: 'N', help: 'Epochs in all, those before the checkpoint included.' },
    seed: { type: 'string', value: 'N', help: 'Another seed shuffles the images otherwise from there on.' },
    device: { type: 'string', value: 'NAME', help: 'Where to compute; see "devices".' },
    set: { type: 'string', value: 'KEY=VALUE', multiple: true, help: 'Any setting, as often as you like.' },
    out: {
      type: 'string',
      value: 'DIR',
      help: 'Folder of the new run. Without it: one in the home folder.',
    },
  },
  run: async (input, context) => {
    const checkpoint = checkpointChoice(input.text('checkpoint'), 'fork');
    const changes = settingChanges(input, 'fork');
    const runDir = await runFolder(input.positionals[0]!, context.home);
    const { settings } = await readManifest(runDir);
    const out = input.text('out');
    const { dir, discard, warnings } = await forkRun(
      {
        runDir,
        checkpoint,
        name: input.text('name') ?? null,
        settings: changeSettings(settings, changes),
      },
      {
        home: context.home,
        out: out === undefined ? null : resolve(out),
        versions: versionsOf(context),
      },
    );
    for (const warning of warnings) context.say(problemLine(warning));
    return trainRun(dir, input.flag('json'), context, discard);
  },
};
