import { FAMILIES } from '@shared/graph/family';
import { lower } from '@shared/network/lower';
import { presets, type Preset } from '@shared/network/presets';
import { profile } from '@shared/network/profile';
import { formatBytes } from '@shared/words/format-bytes';
import { exactCount } from '@shared/words/format-count';
import type { Command } from './command';
import { jsonLine } from './json-line';
import { textTable } from './text-table';

function families(preset: Preset) {
  return FAMILIES.map((family) => {
    const { total } = profile(lower(preset.document, family).network!);
    return { family, total };
  });
}

function rowOf(preset: Preset): string[] {
  const { total } = families(preset)[0]!;
  return [
    preset.id,
    preset.dataset,
    exactCount(total.convWeights),
    formatBytes(total.filterBytes),
    formatBytes(total.storedBytes),
    `${(total.multiplyAdds / 1e6).toFixed(1)} M`,
    preset.description,
  ];
}

/** `presets`: the networks of the paper with what they cost. */
export const presetsCommand: Command = {
  name: 'presets',
  arguments: [],
  help: 'Lists the networks of the paper. With --json the profile of each in all three families.',
  options: {},
  run: (input, context) => {
    if (input.flag('json')) {
      for (const preset of presets) {
        const { id, name, description, paper, dataset } = preset;
        const profiles = Object.fromEntries(families(preset).map(({ family, total }) => [family, total]));
        context.print(jsonLine({ id, name, description, paper, dataset, profiles }));
      }
      return Promise.resolve(0);
    }
    const head = ['Preset', 'Data', 'Conv weights', 'Filters', 'Weights', 'Multiply-adds', ''];
    for (const line of textTable([head, ...presets.map(rowOf)], [2, 3, 4, 5])) context.print(line);
    return Promise.resolve(0);
  },
};
