import { resolve } from 'node:path';
import { runJob } from '../../services/engine-process';
import { problemLine, type Command } from './command';
import { jsonLine } from './json-line';
import { ledgerText } from './ledger-text';
import { checkpointChoice, runFolder } from './run-argument';
import { UsageError } from './usage-error';

/** `export`: writes a trained model as a file. */
export const exportCommand: Command = {
  name: 'export',
  arguments: ['RUN'],
  help: 'Writes the model of a run. "packed" is a safetensors file that keeps one bit a weight; see the README for its format.',
  options: {
    format: { type: 'string', value: 'packed', help: 'Form of the file. Without it: packed.' },
    out: { type: 'string', value: 'FILE', help: 'The file to write, such as digits.mcn.safetensors.' },
    checkpoint: {
      type: 'string',
      value: 'last|best|N',
      help: 'Which weights; N is an epoch. Without it: last.',
    },
  },
  run: async (input, context) => {
    const format = input.text('format') ?? 'packed';
    if (format !== 'packed')
      throw new UsageError(`There is no format "${format}". Formats: packed.`, 'export');
    const out = input.text('out');
    if (out === undefined) throw new UsageError('export needs --out FILE.', 'export');
    const checkpoint = checkpointChoice(input.text('checkpoint'), 'export');
    const runDir = await runFolder(input.positionals[0]!, context.home);
    const exported = await runJob(
      context.startProcess,
      { type: 'export', runDir, checkpoint, format, out: resolve(out) },
      'exported',
    ).result;
    for (const notice of exported.notices) context.say(problemLine(notice));
    if (input.flag('json')) context.print(jsonLine(exported));
    else for (const line of [exported.path, '', ...ledgerText(exported.ledger)]) context.print(line);
    return 0;
  },
};
