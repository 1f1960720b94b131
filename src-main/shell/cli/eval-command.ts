import { formatPercent } from '@shared/words/format-percent';
import { resolve } from 'node:path';
import { datasetPlace } from '../../services/dataset-places';
import { runJob } from '../../services/engine-process';
import type { Command } from './command';
import { jsonLine } from './json-line';
import { ProgressBar } from './progress-bar';
import { checkpointChoice, modelSource } from './run-argument';

/** `eval`: test accuracy of a run or of a packed file. */
export const evalCommand: Command = {
  name: 'eval',
  arguments: ['RUN|FILE'],
  help: 'Tests a run (its folder or id) or a packed model on the test images.',
  options: {
    data: { type: 'string', value: 'NAME|DIR', help: 'Data set. Without it: the one it was trained on.' },
    'limit-test': {
      type: 'string',
      value: 'N',
      help: 'Use only the first N test images. Without it: as the run did.',
    },
    checkpoint: {
      type: 'string',
      value: 'last|best|N',
      help: 'Which weights of a run; N is an epoch. Without it: last.',
    },
    logits: { type: 'string', value: 'FILE.npy', help: 'Write the logits, float32 [count, classes].' },
    device: { type: 'string', value: 'NAME', help: 'Where to compute; see "devices".' },
    threads: {
      type: 'string',
      value: 'N',
      help: 'Threads that compute on the CPU. Without it: one for each core.',
    },
  },
  run: async (input, context) => {
    const choice = checkpointChoice(input.text('checkpoint'), 'eval');
    const logits = input.text('logits');
    const data = input.text('data');
    const bar = new ProgressBar();
    const { result } = runJob(
      context.startProcess,
      {
        type: 'evaluate',
        source: await modelSource(input.positionals[0]!, choice, context.home),
        resourcesDir: context.resourcesDir,
        data: data === undefined ? null : await datasetPlace(context.home, data),
        limitTest: input.count('limit-test') ?? null,
        device: input.text('device') ?? 'auto',
        threads: input.count('threads') ?? 0,
        logits: logits === undefined ? null : resolve(logits),
      },
      'evaluated',
      (done, total) => {
        bar.draw(done, total, `${done} of ${total} images`);
      },
    );
    const { accuracy, loss, count, binarized } = await result.finally(() => {
      bar.clear();
    });
    if (input.flag('json')) context.print(jsonLine({ accuracy, count, loss, binarized }));
    else {
      const filters = binarized ? 'binary filters' : 'float filters';
      context.print(
        `${formatPercent(accuracy)} of ${count} test images (${filters}, loss ${loss.toFixed(4)})`,
      );
    }
    return 0;
  },
};
