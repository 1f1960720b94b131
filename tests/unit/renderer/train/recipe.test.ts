import { describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { imageFolderFields } from '@shared/training/image-folder-fields';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';
import { imageChoices } from '@renderer/train/image-choices';
import { isRelevant, relevantGroups } from '@renderer/train/relevant-fields';

const settings = defaultsOf(trainingFields);
const kinds = {
  mcn: { family: 'mcn', imageFolder: false },
  umcn: { family: 'umcn', imageFolder: false },
  wrn: { family: 'wrn', imageFolder: false },
} as const;

describe('settings that matter', () => {
  const keys = (...args: Parameters<typeof relevantGroups>) =>
    relevantGroups(...args).flatMap((group) => group.fields.map((field) => field.key));

  it('are all there for an MCN, save those of other optimizers and schedules', () => {
    const hidden = Object.keys(trainingFields).filter(
      (key) => !keys(settings, kinds.mcn).includes(key as never),
    );
    const methods = ['beta1', 'beta2', 'rho', 'epsilon', 'stepEpochs', 'milestones', 'decayFactor'];
    expect(hidden).toEqual([...Object.keys(imageFolderFields), ...methods, 'centerLossFromEpoch']);
  });

  it('follow the center loss', () => {
    expect(isRelevant('centerLossFromEpoch', { ...settings, centerLoss: 0.01 }, kinds.mcn)).toBe(true);
  });

  it('follow the optimizer', () => {
    const own = (optimizer: TrainingSettings['optimizer']) =>
      ['momentum', 'beta1', 'beta2', 'rho', 'epsilon'].filter((key) =>
        keys({ ...settings, optimizer }, kinds.mcn).includes(key as never),
      );
    expect(own('sgd')).toEqual(['momentum']);
    expect(own('adam')).toEqual(['beta1', 'beta2', 'epsilon']);
    expect(own('adadelta')).toEqual(['rho', 'epsilon']);
  });

  it('follow the data: a folder of images has some of its own', () => {
    const folder = { family: 'mcn', imageFolder: true } as const;
    const own = (changes: Partial<TrainingSettings>) =>
      Object.keys(imageFolderFields).filter((key) =>
        keys({ ...settings, ...changes }, folder).includes(key as never),
      );
    expect(own({})).toEqual(['imageFit', 'trainCrop', 'imageStatistics', 'classList', 'classDraw']);
    expect(own({ imageFit: 'stored' })).not.toContain('trainCrop');
    expect(own({ classDraw: 100 })).toContain('classSeed');
  });

  it('follow the schedule', () => {
    expect(isRelevant('milestones', { ...settings, schedule: 'milestones' }, kinds.mcn)).toBe(true);
    expect(isRelevant('decayFactor', { ...settings, schedule: 'step' }, kinds.mcn)).toBe(true);
    expect(isRelevant('stepEpochs', { ...settings, schedule: 'milestones' }, kinds.mcn)).toBe(false);
  });

  it('follow the family: no bits in U-MCN, no M-Filters in WRN', () => {
    expect(keys(settings, kinds.umcn)).not.toContain('filterLoss');
    expect(keys(settings, kinds.umcn)).toContain('modulationRate');
    expect(keys(settings, kinds.wrn)).not.toContain('modulationRate');
  });

  it('stand in groups, data first and the run last, none empty', () => {
    expect(relevantGroups(settings, kinds.mcn).map((group) => group.name)).toEqual([
      'Data',
      'Optimizer',
      'Loss',
      'Binarization',
      'Run',
    ]);
    expect(relevantGroups(settings, kinds.wrn).map((group) => group.name)).toEqual([
      'Data',
      'Optimizer',
      'Run',
    ]);
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
