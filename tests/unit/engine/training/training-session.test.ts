import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { datasetRegistry } from '@shared/datasets/registry';
import { chain } from '@shared/graph/chain';
import type { Family } from '@shared/graph/family';
import { lower } from '@shared/network/lower';
import type { MetricColumn } from '@shared/training/metrics';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';
import type { TrainEvent } from '@shared/training/engine-event';
import { activateWasm } from '@main/backends/wasm/activate-wasm';
import type { CheckpointReason } from '@main/engine/training/session-options';
import { TrainingSession } from '@main/engine/training/training-session';
import type { TrainingState } from '@main/run-folder/training-state';
import { bars } from './bars';

beforeAll(activateWasm);

const DOCUMENT = chain([
  ['in', 'input', 'Input', { height: 8, width: 8 }],
  ['mc1', 'mcconv', 'MCconv 1', { maps: 3 }],
  ['bn', 'batchnorm', 'BatchNorm'],
  ['relu', 'relu', 'ReLU'],
  ['gap', 'globalavgpool', 'Global pool'],
  ['fc', 'dense', 'Dense', { units: 2 }],
  ['out', 'output', 'Output'],
]);

/** Every term that is off by default. */
const ALL_LOSSES = {
  centerLoss: 0.1,
  filterLoss: 1e-3,
  discreteTerm: 'descent',
  mGradient: 'latent',
} as const satisfies Partial<TrainingSettings>;

interface Saved {
  state: TrainingState;
  reason: CheckpointReason;
}

function session(
  changes: Partial<TrainingSettings>,
  state: TrainingState | null = null,
  family: Family = 'mcn',
  watch: (event: TrainEvent) => void = () => undefined,
) {
  const events: TrainEvent[] = [];
  const saved: Saved[] = [];
  const description = { ...datasetRegistry.mnist!, classes: ['left', 'right'], height: 8, width: 8 };
  const trained = new TrainingSession({
    network: lower(DOCUMENT, family).network!,
    settings: { ...defaultsOf(trainingFields), epochs: 2, batchSize: 16, seed: 3, ...changes },
    dataset: { description, train: bars(70), test: bars(20), checksums: {} },
    device: { name: 'cpu-wasm', description: 'CPU' },
    state,
    warned: [],
    emit: (event) => {
      events.push(event);
      watch(event);
    },
    save: (now, reason) => {
      saved.push({ state: now, reason });
      return Promise.resolve(`step-${now.step}.safetensors`);
    },
  });
  return { trained, events, saved };
}

function ofType<T extends TrainEvent['type']>(
  events: TrainEvent[],
  type: T,
): Extract<TrainEvent, { type: T }>[] {
  return events.filter((event) => event.type === type) as Extract<TrainEvent, { type: T }>[];
}

describe('a training session', () => {
  it('learns, becomes binary after the warm-up, and tells every step once', async () => {
    const { trained, events, saved } = session({ epochs: 6, learningRate: 0.1 });
    const end = await trained.run();
    trained.dispose();
    expect(end).toMatchObject({ stopped: false, step: 30, epochs: 6 });
    expect(ofType(events, 'plan')[0]).toMatchObject({ stepsPerEpoch: 5, totalSteps: 30, binarizeStep: 5 });
    const steps = ofType(events, 'steps').flatMap((event) =>
      Array.from({ length: event.count }, (_, at) => event.first + at),
    );
    expect(steps).toEqual(Array.from({ length: 30 }, (_, step) => step));
    const epochs = ofType(events, 'epoch');
    expect(epochs.map((epoch) => epoch.binarized)).toEqual([false, true, true, true, true, true]);
    expect(epochs[0]!.best).toBe(false);
    expect(epochs.at(-1)!.testAccuracy).toBeGreaterThan(0.9);
    expect(ofType(events, 'centers').map((event) => event.step)).toEqual([5, 10, 15, 20, 25]);
    expect(saved.map(({ reason }) => reason.epoch?.number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    { optimizer: 'adam', learningRate: 0.01, modulationRate: 0.001 },
    { optimizer: 'adadelta', learningRate: 1, modulationRate: 0.1 },
  ] as const)('learns with another optimizer and rates that rise at first: %o', async (method) => {
    const { trained, events } = session({ ...method, epochs: 16, rateWarmupEpochs: 1 });
    await trained.run();
    trained.dispose();
    const rates = ofType(events, 'steps').flatMap((event) => [...event.columns.learningRate]);
    expect(rates.slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((step) => (method.learningRate * step) / 5));
    expect(ofType(events, 'epoch').at(-1)!.testAccuracy).toBeGreaterThan(0.9);
  });

  it.each([{}, ALL_LOSSES])(
    'keeps the number of tensors constant, and leaves none behind: %o',
    async (losses) => {
      const before = tf.memory().numTensors;
      const { trained, events } = session({ epochs: 1, ...losses });
      const during = tf.memory().numTensors;
      await trained.run();
      expect(tf.memory().numTensors).toBe(during);
      trained.dispose();
      expect(tf.memory().numTensors).toBe(before);
      expect(ofType(events, 'epoch')).toHaveLength(1);
    },
  );

  it.each([
    { optimizer: 'sgd' },
    { optimizer: 'sgd', cropPadding: 2, horizontalFlip: true },
    { optimizer: 'adam', learningRate: 0.01, modulationRate: 0.001 },
    { optimizer: 'adadelta', learningRate: 1, modulationRate: 0.1 },
    { optimizer: 'sgd', ...ALL_LOSSES },
  ] as const)('that stops in the middle goes on bit for bit like one that does not: %o', async (method) => {
    const whole = session(method);
    await whole.trained.run();
    whole.trained.dispose();
    const first = session(method, null, 'mcn', (event) => {
      if (event.type === 'centers') first.trained.command('stop');
    });
    expect(await first.trained.run()).toMatchObject({ stopped: true, step: 6 });
    first.trained.dispose();
    const middle = first.saved.at(-1)!.state;
    expect(middle.optimizer).toMatchObject({ method: method.optimizer, steps: middle.step });
    const second = session(method, middle);
    await second.trained.run();
    second.trained.dispose();
    const final = (saved: Saved[]) => saved.at(-1)!.state;
    expect(final(second.saved).weights).toEqual(final(whole.saved).weights);
    expect(final(second.saved).optimizer).toEqual(final(whole.saved).optimizer);
    expect(final(second.saved).centers).toEqual(final(whole.saved).centers);
    expect(final(second.saved).classMeans).toEqual(final(whole.saved).classMeans);
  });

  it('begins the center loss in its epoch, counts it in the total and keeps the class means', async () => {
    const { trained, events, saved } = session({ epochs: 3, centerLoss: 0.5, centerLossFromEpoch: 2 });
    await trained.run();
    trained.dispose();
    const columns = (name: MetricColumn) =>
      ofType(events, 'steps').flatMap((event) => [...event.columns[name]]);
    const [total, weighted, raw] = [columns('loss'), columns('centerLoss'), columns('centerRaw')];
    expect(raw.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(raw.slice(5).every((value) => value > 0)).toBe(true);
    expect(weighted).toEqual(raw.map((value) => 0.5 * value));
    const [softmax, filter] = [columns('softmaxLoss'), columns('filterLoss')];
    expect(total).toEqual(softmax.map((value, step) => value + filter[step]! + weighted[step]!));
    const means = saved.map(({ state }) => [...state.classMeans].map(([name, { length }]) => [name, length]));
    expect(means).toEqual([
      [],
      [
        ['0', 12],
        ['1', 12],
      ],
      [
        ['0', 12],
        ['1', 12],
      ],
    ]);
  });

  it('draws features to the means of their classes by the center loss', async () => {
    const spread = async (centerLoss: number) => {
      const { trained, events } = session({ epochs: 6, learningRate: 0.1, centerLoss });
      await trained.run();
      trained.dispose();
      return ofType(events, 'steps').at(-1)!.columns.centerRaw.at(-1)!;
    };
    expect(await spread(10)).toBeLessThan(0.5 * (await spread(1e-6)));
  });

  it.each(['umcn', 'wrn'] as const)('trains the twin %s on the softmax loss alone', async (family) => {
    const { trained, events } = session({ epochs: 1, ...ALL_LOSSES }, null, family);
    await trained.run();
    trained.dispose();
    for (const { columns } of ofType(events, 'steps')) expect(columns.loss).toEqual(columns.softmaxLoss);
  });

  it('sees other images with augmentation', async () => {
    const ends = [];
    for (const cropPadding of [0, 2]) {
      const { trained, events } = session({ epochs: 1, cropPadding, learningRate: 0, modulationRate: 0 });
      await trained.run();
      trained.dispose();
      ends.push(ofType(events, 'epoch')[0]!);
    }
    expect(ends[1]!.trainLoss).not.toBe(ends[0]!.trainLoss);
  });

  it('does not go on from a checkpoint of another optimizer', async () => {
    const { trained, saved } = session({ epochs: 1 });
    await trained.run();
    trained.dispose();
    expect(() => session({ epochs: 2, optimizer: 'adam' }, saved.at(-1)!.state)).toThrow(
      'The checkpoint was trained with SGD, Nesterov; this run uses Adam.',
    );
  });

  it('names the layer and tensor in which numbers go bad, and stops', async () => {
    const { trained, saved } = session({
      learningRate: 10,
      modulationRate: 10,
      momentum: 0.999,
      epochs: 400,
      filterLoss: 10,
    });
    await expect(trained.run()).rejects.toMatchObject({
      problem: {
        code: 'diverged',
        message: expect.stringMatching(
          /step \d+ .*(weight|output|statistics|filter loss) .*(MCconv 1|BatchNorm|Dense)/,
        ) as string,
      },
    });
    trained.dispose();
    for (const { state } of saved) {
      for (const values of state.weights.values()) expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('warns of planes that are copies, once for each layer', async () => {
    const { trained, events } = session({ modulationStart: 'ones', epochs: 1 });
    await trained.run();
    trained.dispose();
    expect(ofType(events, 'notice').map((event) => event.problem.code)).toEqual(['planes-equal']);
  });

  it.each(['umcn', 'wrn'] as const)('trains the twin %s without centers', async (family) => {
    const { trained, events } = session({ epochs: 1 }, null, family);
    await trained.run();
    trained.dispose();
    expect(ofType(events, 'centers')).toEqual([]);
    expect(ofType(events, 'epoch')[0]).toMatchObject({ binarized: false, best: true });
  });
});
