import { describe, expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import { FAMILIES } from '@shared/graph/family';
import { hints } from '@shared/network/hints';
import { lower } from '@shared/network/lower';
import { mcconvNodes, type Network } from '@shared/network/network';
import { findPreset, presets } from '@shared/network/presets';
import { bitsPerWeight, profile } from '@shared/network/profile';

function networkOf(id: string, family: 'mcn' | 'umcn' | 'wrn' = 'mcn'): Network {
  const lowered = lower(findPreset(id)!.document, family);
  expect(lowered.problems).toEqual([]);
  return lowered.network!;
}

describe('profile of the networks of the paper', () => {
  it.each([
    ['mcn-mnist', 605_520],
    ['mcn-mnist-small', 151_560],
    ['mcn-mnist-tiny', 151_560],
    ['mcn-20', 1_069_632],
  ])('%s has %i convolution weights', (id, count) => {
    expect(profile(networkOf(id)).total.convWeights).toBe(count);
  });

  it('stores the convolutions of mcn-mnist in 76,298 bytes against 2,422,080 of float32', () => {
    const { total } = profile(networkOf('mcn-mnist'));
    expect(total.filterBytes).toBe(76_298);
    expect(total.filterFloatBytes).toBe(2_422_080);
  });

  it.each([
    ['mcn-mnist', 91.4, 24.2],
    ['mcn-mnist-small', 23.6, 6.6],
    ['mcn-20', 644, 168],
  ])(
    '%s: convolutions cost %f M multiply-adds dense, %f M factored (mcn.md, section 2)',
    (id, dense, factored) => {
      const convolutions = profile(networkOf(id)).nodes.filter((node) => node.type === 'mcconv');
      const sum = (key: 'multiplyAdds' | 'denseMultiplyAdds'): number =>
        convolutions.reduce((total, node) => total + node[key], 0);
      expect(sum('denseMultiplyAdds') / 1e6).toBeCloseTo(dense, dense > 100 ? -0.5 : 0.5);
      expect(sum('multiplyAdds') / 1e6).toBeCloseTo(factored, factored > 100 ? -0.5 : 0.5);
    },
  );

  it('names topologies by depth: 19, 25 and 31 MCconv', () => {
    const counts = ['mcn-20', 'mcn-28', 'mcn-34'].map((id) => mcconvNodes(networkOf(id)).length);
    expect(counts).toEqual([19, 25, 31]);
  });

  it('keeps channels and shapes equal in all twins', () => {
    for (const preset of presets) {
      const shapes = FAMILIES.map((family) => lower(preset.document, family).shapes);
      expect(shapes[1]).toEqual(shapes[0]);
      expect(shapes[2]).toEqual(shapes[0]);
    }
  });

  it('U-MCN has the modulated layers with float filters; WRN has none and 1x1 shortcuts', () => {
    expect(mcconvNodes(networkOf('mcn-20', 'umcn')).every((node) => !node.values.binary)).toBe(true);
    const wrn = networkOf('mcn-20', 'wrn');
    expect(mcconvNodes(wrn)).toHaveLength(0);
    const shortcuts = wrn.nodes.filter((node) => node.id.endsWith('/shortcut'));
    expect(shortcuts.map((node) => node.shape)).toEqual([
      [16, 16, 128],
      [8, 8, 256],
    ]);
  });

  it('points at the dense layer that outweighs the binary filters, and only there', () => {
    const codes = (id: string): string[] => {
      const network = networkOf(id);
      return hints(network, profile(network)).map((hint) => hint.code);
    };
    expect(codes('mcn-mnist')).toEqual(['dense-dominates']);
    expect(codes('mcn-mnist-tiny')).toEqual([]);
  });

  it('advises pooling only where a picture is laid out value by value', () => {
    const advice = (front: string): string | undefined => {
      const document = chain([
        ['in', 'input', 'Input'],
        ['m', 'mcconv', 'M'],
        ['front', front, 'Front'],
        ['fc', 'dense', 'Dense'],
        ['out', 'output', 'Output'],
      ]);
      const network = lower(document, 'mcn').network!;
      return hints(network, profile(network)).find(({ code }) => code === 'dense-dominates')?.fix;
    };
    expect(advice('flatten')).toContain('instead of Flatten');
    expect(advice('globalavgpool')).toContain('the convolutions wider');
  });

  it('needs ceil(log2 n) bits a weight', () => {
    expect([2, 3, 4, 5, 8, 9, 16].map(bitsPerWeight)).toEqual([1, 2, 2, 3, 3, 4, 4]);
  });
});
