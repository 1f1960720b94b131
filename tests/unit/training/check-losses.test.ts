import { describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { checkLosses } from '@shared/training/check-losses';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';

const defaults = defaultsOf(trainingFields);

function codes(changes: Partial<TrainingSettings>): string[] {
  return checkLosses({ ...defaults, ...changes }).map(
    ({ code, severity }) => `${severity ?? 'error'} ${code}`,
  );
}

describe('settings of the losses', () => {
  it('are silent as they come', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ centerLoss: 0.01, discreteTerm: 'printed', mGradient: 'latent' })).toEqual([]);
  });

  it('warn of a filter loss above 1e-3, not of 1e-3 itself', () => {
    expect(codes({ filterLoss: 1e-3 })).toEqual([]);
    expect(codes({ filterLoss: 1.1e-3 })).toEqual(['warning theta-large']);
  });

  it('refuse the printed discrete term with the summed filter loss, which it cancels', () => {
    expect(codes({ discreteTerm: 'printed', filterLossForm: 'summed' })).toEqual([
      'error discrete-term-cancels',
    ]);
    expect(codes({ discreteTerm: 'descent', filterLossForm: 'summed' })).toEqual([]);
  });

  it('warn of a discrete term without weight', () => {
    expect(codes({ discreteTerm: 'descent', filterLoss: 0 })).toEqual([
      'warning discrete-term-without-weight',
    ]);
  });

  it('refuse a center loss that never begins', () => {
    expect(codes({ epochs: 3, centerLoss: 0.1, centerLossFromEpoch: 4 })).toEqual([
      'error center-loss-too-late',
    ]);
    expect(codes({ epochs: 3, centerLoss: 0.1, centerLossFromEpoch: 3 })).toEqual([]);
    expect(codes({ epochs: 3, centerLoss: 0, centerLossFromEpoch: 4 })).toEqual([]);
  });
});
