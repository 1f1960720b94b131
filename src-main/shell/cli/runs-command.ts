import { parentWords, type RunSummary } from '@shared/contract/run-summary';
import { formatPercent } from '@shared/words/format-percent';
import { listRuns } from '../../services/run-summaries';
import type { Command } from './command';
import { jsonLine } from './json-line';
import { textTable } from './text-table';

function row({
  id,
  name,
  family,
  dataset,
  state,
  epochs,
  epochsDone,
  testAccuracy,
  parent,
}: RunSummary): string[] {
  return [
    id,
    name,
    family,
    dataset,
    state,
    `${epochsDone} of ${epochs}`,
    testAccuracy === null ? '' : formatPercent(testAccuracy),
    parent ? parentWords(parent) : '',
  ];
}

/** `runs`: all runs of the home, the newest first. */
export const runsCommand: Command = {
  name: 'runs',
  arguments: [],
  help: 'Lists the runs, the newest first: state, epochs, accuracy, and which run a fork comes from.',
  options: {},
  run: async (input, context) => {
    const runs = await listRuns(context.home);
    if (input.flag('json')) for (const run of runs) context.print(jsonLine(run));
    else if (runs.length === 0) context.say(`There are no runs in ${context.home.runs} yet.`);
    else {
      const head = ['Run', 'Name', 'Family', 'Data', 'State', 'Epochs', 'Test', ''];
      for (const line of textTable([head, ...runs.map(row)], [6])) context.print(line);
    }
    return 0;
  },
};
