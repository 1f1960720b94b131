import { describe, expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import { checkNetworkLosses } from '@shared/network/check-network-losses';
import { networkOf } from '../packed/sample-models';

/** One MCconv of `planes` planes; or none, with a dense layer alone. */
function networkWith(planes: number | null, family: 'mcn' | 'umcn' = 'mcn') {
  const input = { height: 4, width: 4, planes: planes ?? 1 };
  return networkOf(
    chain([
      ['in', 'input', 'Input', input],
      ...(planes === null ? [] : ([['mc', 'mcconv', 'MCconv 1', { maps: 2 }]] as const)),
      ['flatten', 'flatten', 'Flatten'],
      ['fc', 'dense', 'Dense', { units: 3 }],
      ['out', 'output', 'Output'],
    ]),
    family,
  );
}

describe('losses of a network', () => {
  const printed = { centerLoss: 0, discreteTerm: 'printed' } as const;

  it('refuse the printed discrete term by the name of a layer with one plane', () => {
    const [problem] = checkNetworkLosses(printed, networkWith(1));
    expect(problem).toMatchObject({ code: 'discrete-term-cancels', node: 'mc' });
    expect(problem!.message).toContain('MCconv 1, which has one plane (K = 1)');
    expect(checkNetworkLosses(printed, networkWith(2))).toEqual([]);
    expect(checkNetworkLosses({ ...printed, discreteTerm: 'descent' }, networkWith(1))).toEqual([]);
  });

  it('refuse the center loss of a network without a convolution', () => {
    const center = { centerLoss: 0.1, discreteTerm: 'off' } as const;
    const problems = checkNetworkLosses(center, networkWith(null));
    expect(problems.map(({ code }) => code)).toEqual(['center-loss-no-convolution']);
    expect(checkNetworkLosses(center, networkWith(2))).toEqual([]);
  });

  it('do not matter to a twin, which is trained on the softmax loss alone', () => {
    expect(checkNetworkLosses(printed, networkWith(1, 'umcn'))).toEqual([]);
  });
});
