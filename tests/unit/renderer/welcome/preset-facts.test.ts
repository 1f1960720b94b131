import { expect, it } from 'vitest';
import { barsOf, presetFacts } from '@renderer/welcome/preset-facts';
import { lower } from '@shared/network/lower';
import { findPreset, presets } from '@shared/network/presets';
import { withGroup } from '../designer/grouped-documents';

it.each(presets.map((preset) => [preset.id, preset] as const))(
  'draws %s whole and knows its sizes',
  (_id, preset) => {
    const { bars, total } = presetFacts(preset);
    expect(bars.map((bar) => bar.id)).toEqual(preset.document.nodes.map((node) => node.id));
    expect(total.filterBytes).toBeLessThan(total.filterFloatBytes);
    expect(total.storedBytes).toBeLessThan(total.floatBytes);
  },
);

it('draws a stage as its blocks, and colours layers by what they are for', () => {
  const { bars } = presetFacts(presets.find((preset) => preset.id === 'mcn-34')!);
  const stage = bars.find((bar) => bar.id === 'stage2')!;
  expect(stage).toMatchObject({ repeats: 5, role: 'binary', shape: [16, 16, 512] });
  expect(bars[0]).toMatchObject({ repeats: 1, role: 'io' });
});

it('draws what a group repeats as often as it is computed, in that order', () => {
  const { document } = findPreset('mcn-20')!;
  const grouped = withGroup(document, 'g', ['bn', 'relu'], { fields: { repeat: 3 } });
  const reversed = { ...grouped, nodes: grouped.nodes.toReversed() };
  const bars = barsOf(reversed, lower(reversed, 'mcn').network!);
  const ids = document.nodes.map(({ id }) => id);
  const copies = ['bn', 'relu', 'bn#2', 'relu#2', 'bn#3', 'relu#3'];
  expect(bars.map(({ id }) => id)).toEqual(
    ids.flatMap((id) => (id === 'bn' ? copies : id === 'relu' ? [] : [id])),
  );
  expect(bars.find(({ id }) => id === 'relu#2')).toMatchObject({ role: 'shape', shape: [8, 8, 256] });
});
