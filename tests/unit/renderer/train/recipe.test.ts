import { describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';
import { imageChoices } from '@renderer/train/image-choices';
import { isRelevant, relevantGroups } from '@renderer/train/relevant-fields';

const settings = defaultsOf(trainingFields);

describe('settings that matter', () => {
  const keys = (...args: Parameters<typeof relevantGroups>) =>
    relevantGroups(...args).flatMap((group) => group.fields.map((field) => field.key));

  it('are all there for an MCN, save those of other optimizers and schedules', () => {
    const hidden = Object.keys(trainingFields).filter((key) => !keys(settings, 'mcn').includes(key as never));
    const methods = ['beta1', 'beta2', 'rho', 'epsilon', 'stepEpochs', 'milestones', 'decayFactor'];
    expect(hidden).toEqual([...methods, 'centerLossFromEpoch']);
  });

  it('follow the center loss', () => {
    expect(isRelevant('centerLossFromEpoch', { ...settings, centerLoss: 0.01 }, 'mcn')).toBe(true);
  });

  it('follow the optimizer', () => {
    const own = (optimizer: TrainingSettings['optimizer']) =>
      ['momentum', 'beta1', 'beta2', 'rho', 'epsilon'].filter((key) =>
        keys({ ...settings, optimizer }, 'mcn').includes(key as never),
      );
    expect(own('sgd')).toEqual(['momentum']);
    expect(own('adam')).toEqual(['beta1', 'beta2', 'epsilon']);
    expect(own('adadelta')).toEqual(['rho', 'epsilon']);
  });

  it('follow the schedule', () => {
    expect(isRelevant('milestones', { ...settings, schedule: 'milestones' }, 'mcn')).toBe(true);
    expect(isRelevant('decayFactor', { ...settings, schedule: 'step' }, 'mcn')).toBe(true);
    expect(isRelevant('stepEpochs', { ...settings, schedule: 'milestones' }, 'mcn')).toBe(false);
  });

  it('follow the family: no bits in U-MCN, no M-Filters in WRN', () => {
    expect(keys(settings, 'umcn')).not.toContain('filterLoss');
    expect(keys(settings, 'umcn')).toContain('modulationRate');
    expect(keys(settings, 'wrn')).not.toContain('modulationRate');
  });

  it('stand in groups, data first and the run last, none empty', () => {
    expect(relevantGroups(settings, 'mcn').map((group) => group.name)).toEqual([
      'Data',
      'Optimizer',
      'Loss',
      'Binarization',
      'Run',
    ]);
    expect(relevantGroups(settings, 'wrn').map((group) => group.name)).toEqual(['Data', 'Optimizer', 'Run']);
  });
});

describe('quick choices of images', () => {
  it('are slices smaller than the data set, and all of it', () => {
    expect(imageChoices(60_000)).toEqual([
      { label: '5,000', limit: 5000 },
      { label: '20,000', limit: 20_000 },
      { label: 'all 60,000', limit: null },
    ]);
    expect(imageChoices(5000)).toEqual([{ label: 'all 5,000', limit: null }]);
  });
});
