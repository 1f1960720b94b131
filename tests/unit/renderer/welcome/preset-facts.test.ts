import { expect, it } from 'vitest';
import { presetFacts } from '@renderer/welcome/preset-facts';
import { presets } from '@shared/network/presets';

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
