import { describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { changeSettings } from '@shared/training/optimizer-defaults';
import { trainingFields } from '@shared/training/settings';

const settings = { ...defaultsOf(trainingFields), learningRate: 0.1, modulationRate: 0.01 };

describe('another optimizer', () => {
  it.each([
    ['adam', 0.001, 0.0001],
    ['adadelta', 1, 0.1],
  ] as const)('%s brings rates of its own', (optimizer, learningRate, modulationRate) => {
    const changed = changeSettings(settings, { optimizer });
    expect(changed).toEqual({ ...settings, optimizer, learningRate, modulationRate });
  });

  it('leaves a rate that is named beside it', () => {
    const changed = changeSettings(settings, { optimizer: 'adam', learningRate: 0.002 });
    expect(changed).toMatchObject({ learningRate: 0.002, modulationRate: 1e-4 });
  });

  it('is not the same one again: that changes nothing', () => {
    expect(changeSettings(settings, { optimizer: 'sgd' })).toEqual(settings);
  });

  it('and back again has the defaults of the fields', () => {
    const back = changeSettings(changeSettings(settings, { optimizer: 'adam' }), { optimizer: 'sgd' });
    expect(back).toEqual(defaultsOf(trainingFields));
  });
});
