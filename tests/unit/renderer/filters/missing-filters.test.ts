import { describe, expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import { whyNoFilters } from '@renderer/filters/missing-filters';

const tiny = findPreset('mcn-mnist-tiny')!.document;

describe('why there are no M-Filters', () => {
  it('is the twin, or a design without modulated convolutions', () => {
    expect(whyNoFilters(lower(tiny, 'wrn').network, 'finished')).toContain('WRN twin');
    const plain = chain([
      ['in', 'input', 'Input'],
      ['gap', 'globalavgpool', 'Pool'],
      ['out', 'output', 'Output'],
    ]);
    expect(whyNoFilters(lower(plain, 'mcn').network, 'training')).toContain('Add an MCconv');
  });

  it('is that they are still to come, or never came', () => {
    const { network } = lower(tiny, 'mcn');
    expect(whyNoFilters(network, 'preparing')).toContain('come with the first step');
    expect(whyNoFilters(null, null)).toContain('come with the first step');
    expect(whyNoFilters(network, 'failed')).toContain('ended before its first step');
  });
});
