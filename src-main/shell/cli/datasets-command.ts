import { exactCount } from '@shared/words/format-count';
import { datasetsHere } from '../../services/dataset-places';
import type { Command } from './command';
import { jsonLine } from './json-line';
import { textTable } from './text-table';

/** `datasets`: what can be trained on here by name. */
export const datasetsCommand: Command = {
  name: 'datasets',
  arguments: [],
  help: 'Lists the data sets on this machine: the known ones, and those that a run was trained on. With --json one line each.',
  options: {},
  run: async (input, context) => {
    const sets = await datasetsHere(context.home);
    if (input.flag('json')) {
      for (const { kind, name, place, description } of sets) {
        const { classes, trainCount, testCount } = description;
        context.print(jsonLine({ name, kind, place, classes: classes.length, trainCount, testCount }));
      }
      return 0;
    }
    const rows = sets.map(({ name, kind, place, description }) => [
      name,
      kind,
      exactCount(description.trainCount),
      exactCount(description.testCount),
      String(description.classes.length),
      place,
    ]);
    const head = ['Data set', 'Kind', 'Train', 'Test', 'Classes', 'Place'];
    for (const line of textTable([head, ...rows], [2, 3, 4])) context.print(line);
    return 0;
  },
};
