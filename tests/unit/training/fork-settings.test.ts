import { describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { forkSettings, slotsNotice, type ForkPoint } from '@shared/training/fork-settings';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';

const parent: TrainingSettings = { ...defaultsOf(trainingFields), epochs: 20 };
/** In the middle of epoch 6, past a warm-up of two epochs. */
const binary: ForkPoint = { step: 55, stepsPerEpoch: 10, filters: 'binary' };

function errors(changes: Partial<TrainingSettings>, point = binary): (string | undefined)[] {
  const { problems } = forkSettings(parent, { ...parent, ...changes }, point);
  return problems
    .filter(({ severity }) => severity === undefined)
    .map(({ code, field }) => `${code} ${field}`);
}

describe('the settings of a fork', () => {
  it('may change in what the steps to come depend on', () => {
    const changes = { epochs: 30, filterLoss: 5e-4, learningRate: 0.01, seed: 7, optimizer: 'adam' } as const;
    expect(errors(changes)).toEqual([]);
    expect(forkSettings(parent, { ...parent, ...changes }, binary).settings).toMatchObject(changes);
  });

  it.each([
    [{ batchSize: 32 }, 'fork-setting batchSize'],
    [{ limitTrain: 100 }, 'fork-setting limitTrain'],
    [{ limitTest: 100 }, 'fork-setting limitTest'],
    [{ modulationStart: 'ones' }, 'fork-setting modulationStart'],
    [{ warmupEpochs: 8 }, 'fork-setting warmupEpochs'],
    [{ epochs: 5 }, 'fork-done epochs'],
  ] as const)('%o is refused by name: %s', (changes, error) => {
    expect(errors(changes)).toEqual([error]);
  });

  it('keep the length of a warm-up that is over, though it would be another one for more epochs', () => {
    const { settings } = forkSettings(parent, { ...parent, epochs: 100 }, binary);
    expect(settings.warmupEpochs).toBe(2);
  });

  it('may put off the end of a warm-up that goes on, but not set it before the checkpoint', () => {
    const float: ForkPoint = { step: 15, stepsPerEpoch: 10, filters: 'float' };
    expect(errors({ warmupEpochs: 5 }, float)).toEqual([]);
    expect(errors({ warmupEpochs: 1 }, float)).toEqual(['fork-warmup warmupEpochs']);
    expect(errors({ warmupEpochs: 1 }, { ...float, filters: 'none' })).toEqual([]);
  });

  it('of another method come with a word about the slots', () => {
    expect(slotsNotice(parent, parent)).toBeNull();
    expect(slotsNotice(parent, { ...parent, optimizer: 'adam' })?.message).toBe(
      'The checkpoint was trained with SGD, Nesterov; this run goes on with Adam, whose slots start from zero.',
    );
  });
});
