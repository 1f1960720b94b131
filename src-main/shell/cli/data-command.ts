import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatBytes } from '@shared/words/format-bytes';
import { exactCount } from '@shared/words/format-count';
import { listDatasets, type ListedDataset } from '../../services/download/dataset-list';
import { downloadsFrom, downloadsOf, fetchDataset } from '../../services/download/fetch-dataset';
import { onInterrupt, SIGNAL_EXIT_CODES } from '../interrupts';
import type { Command, CommandContext, CommandInput } from './command';
import { jsonLine } from './json-line';
import { ProgressBar } from './progress-bar';
import { textTable } from './text-table';
import { UsageError } from './usage-error';

/** Where a data set is, in words. */
function placeText({ place, here, bytes }: ListedDataset): string {
  if (here) return place ?? 'comes with the studio';
  return bytes === null ? 'not here' : `not here, ${formatBytes(bytes)} to fetch`;
}

async function list(json: boolean, context: CommandContext): Promise<number> {
  const sets = await listDatasets(context.home);
  if (json) for (const set of sets) context.print(jsonLine(set));
  else {
    const rows = sets.map((set) => [
      set.name,
      exactCount(set.trainCount),
      exactCount(set.testCount),
      String(set.classes),
      placeText(set),
    ]);
    const head = ['Data set', 'Train', 'Test', 'Classes', 'Place'];
    for (const line of textTable([head, ...rows], [1, 2, 3])) context.print(line);
  }
  return 0;
}

/** Fetches and shows how far it is; Ctrl-C ends it and keeps what was received. */
async function fetch(id: string, input: CommandInput, context: CommandContext): Promise<number> {
  const from = input.text('from');
  const files = from === undefined ? downloadsOf(id) : downloadsFrom(id, from);
  const known = existsSync(join(context.home.data, id));
  const controller = new AbortController();
  let exitCode = 0;
  const stopListening = onInterrupt(
    (signal) => {
      exitCode = SIGNAL_EXIT_CODES[signal];
      controller.abort();
    },
    () => process.exit(exitCode),
  );
  const bar = new ProgressBar();
  const onProgress = (done: number, total: number): void => {
    bar.draw(done, total, `${formatBytes(done)} of ${formatBytes(total)}`);
  };
  try {
    const dir = await fetchDataset(context.home, id, { signal: controller.signal, onProgress }, files);
    bar.clear();
    if (known) context.say(`${id} is here already; to fetch it anew, remove its folder first.`);
    context.print(input.flag('json') ? jsonLine({ type: 'fetched', id, dir, known }) : dir);
    return 0;
  } catch (error) {
    bar.clear();
    if (exitCode === 0) throw error;
    context.say('Stopped; the same command goes on.');
    return exitCode;
  } finally {
    stopListening();
  }
}

/** `data`: what can be trained on by name, and fetching it. */
export const dataCommand: Command = {
  name: 'data',
  arguments: ['list|fetch', '[NAME]'],
  help: 'Lists the known data sets and those that were trained on, or fetches one from its official address into the home folder; a download that was cut goes on.',
  options: {
    from: {
      type: 'string',
      value: 'URL',
      help: 'With fetch: another place with the same files; their checksums are those of the official ones.',
    },
  },
  run: async (input, context) => {
    const [action, name] = input.positionals;
    if (action === 'list' && name === undefined) return list(input.flag('json'), context);
    if (action === 'fetch' && name !== undefined) return fetch(name, input, context);
    throw new UsageError('data takes "list", or "fetch" and the name of a data set.', 'data');
  },
};
