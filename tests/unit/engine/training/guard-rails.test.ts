import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { datasetRegistry } from '@shared/datasets/registry';
import { chain } from '@shared/graph/chain';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';
import type { Problem } from '@shared/problem';
import type { TrainEvent } from '@shared/training/engine-event';
import { TrainingSession } from '@main/engine/training/training-session';
import type { TrainingState } from '@main/run-folder/training-state';
import { activate, TEST_BACKENDS } from '../../backends/test-backends';
import { networkOf } from '../../packed/sample-models';
import { bars } from './bars';

const NETWORK = networkOf(
  chain([
    ['in', 'input', 'Input', { height: 8, width: 8 }],
    ['mc1', 'mcconv', 'MCconv 1', { maps: 3 }],
    ['bn1', 'batchnorm', 'BatchNorm 1'],
    ['relu', 'relu', 'ReLU'],
    ['mc2', 'mcconv', 'MCconv 2', { maps: 2 }],
    ['bn2', 'batchnorm', 'BatchNorm 2'],
    ['gap', 'globalavgpool', 'Global pool'],
    ['fc', 'dense', 'Dense', { units: 2 }],
    ['out', 'output', 'Output'],
  ]),
  'mcn',
);

/** Nothing moves unless a test says so, and filters are binary from the first step on. */
const STILL = { learningRate: 0, modulationRate: 0, filterLoss: 0, warmupEpochs: 0 } as const;

interface Run {
  notices: string[];
  messages: string[];
  states: TrainingState[];
}

/** A whole run from a state; rejects with what it stops for. */
async function run(
  changes: Partial<TrainingSettings>,
  state: TrainingState | null,
  warned: readonly Problem[] = [],
): Promise<Run> {
  const events: TrainEvent[] = [];
  const states: TrainingState[] = [];
  const description = { ...datasetRegistry.mnist!, classes: ['left', 'right'], height: 8, width: 8 };
  const session = new TrainingSession({
    network: NETWORK,
    settings: { ...defaultsOf(trainingFields), epochs: 2, batchSize: 16, seed: 3, ...STILL, ...changes },
    dataset: { description, train: bars(48), test: bars(16), checksums: {} },
    device: { name: 'cpu', description: 'CPU' },
    state,
    warned,
    emit: (event) => {
      events.push(event);
    },
    save: (now) => {
      states.push(now);
      return Promise.resolve(`step-${now.step}.safetensors`);
    },
  });
  try {
    await session.run();
  } finally {
    session.dispose();
  }
  const problems = events.flatMap((event) => (event.type === 'notice' ? [event.problem] : []));
  return {
    notices: problems.map(({ code, node }) => `${code} ${node}`),
    messages: problems.map(({ message }) => message),
    states,
  };
}

/** The state after the first epoch, as it is or with some weights changed. */
async function stateWith(change: (values: Map<string, Float32Array>) => void): Promise<TrainingState> {
  const { states } = await run({ epochs: 1 }, null);
  const state = states.at(-1)!;
  const weights = new Map([...state.weights].map(([name, values]) => [name, values.slice()]));
  change(weights);
  return { ...state, weights };
}

describe.each(TEST_BACKENDS)('guard rails on %s', (backend) => {
  beforeAll(() => activate(backend));

  it('are silent over a run in which nothing is wrong', async () => {
    const { notices } = await run({ learningRate: 0.05, modulationRate: 0.005, filterLoss: 1e-4 }, null);
    expect(notices).toEqual([]);
  });

  it('warn once of a layer whose filters all fall to one center', async () => {
    const state = await stateWith((weights) => {
      weights.get('mc2/C')!.fill(0.5);
    });
    const { notices, messages } = await run({ refitEvery: 0 }, state);
    expect(notices).toEqual(['filters-starved mc2']);
    expect(messages[0]).toMatch(/^All filters of MCconv 2 have fallen to one center \(0\.\d+\)/);
  });

  it('warn once of planes of an M-Filter that have collapsed to zero, and of all of them', async () => {
    const state = await stateWith((weights) => {
      weights.get('mc1/M')!.fill(0, 9, 18);
      weights.get('mc2/M')!.fill(5e-5);
    });
    const { notices, messages } = await run({}, state);
    expect(notices.filter((notice) => notice.startsWith('m-filter-zero'))).toEqual([
      'm-filter-zero mc1',
      'm-filter-zero mc2',
    ]);
    expect(messages).toContain(
      'Plane 2 of the M-Filter of MCconv 1 has collapsed to zero: nothing gets through.',
    );
    expect(messages).toContain('The M-Filter of MCconv 2 has collapsed to zero: nothing gets through.');
  });

  it('warn once for each layer of planes that are copies', async () => {
    const { notices } = await run({ modulationStart: 'ones' }, null);
    expect(notices).toEqual(['planes-equal mc1', 'planes-equal mc2']);
  });

  it('do not repeat, in a run that goes on, what it was warned of before', async () => {
    const ones = { modulationStart: 'ones' } as const;
    const { states } = await run({ ...ones, epochs: 1 }, null);
    const known: Problem = { code: 'planes-equal', node: 'mc1', message: '', severity: 'warning' };
    const { notices } = await run(ones, states.at(-1)!, [known]);
    expect(notices).toEqual(['planes-equal mc2']);
  });

  it.each([
    ['mc1/M', 0, NaN, 'weight M of MCconv 1'],
    ['mc2/C', 3, Infinity, 'weight C of MCconv 2'],
    ['mc1/C', 0, 3e38, 'output of MCconv 1'],
    ['fc/bias', 1, -Infinity, 'weight bias of Dense'],
    ['bn1/gamma', 2, 3e38, 'output of BatchNorm 1'],
  ])('stop at the batch in which %s[%i] = %d goes on, and name it', async (name, at, value, where) => {
    const state = await stateWith((weights) => {
      weights.get(name)![at] = value;
    });
    await expect(run({ warmupEpochs: 1, epochs: 3 }, { ...state, centers: new Map() })).rejects.toMatchObject(
      {
        problem: {
          code: 'diverged',
          message: `Training diverged at step 4 (epoch 2): the ${where} is not a finite number.`,
        },
      },
    );
  });

  it('stop where a gradient goes bad though all outputs are finite, before anything is updated', async () => {
    const state = await stateWith((weights) => {
      // The outputs of MCconv 2 are zeros, which the factor of their batch norm, 3e38, leaves alone on the way forth only.
      weights.get('mc2/C')!.fill(0);
      weights.get('bn2/gamma')!.fill(1e36);
      weights.set(
        'fc/kernel',
        Float32Array.from({ length: 16 }, (_, at) => (at % 2 === 0 ? 1000 : -1000)),
      );
    });
    await expect(run({ warmupEpochs: 1, epochs: 3 }, { ...state, centers: new Map() })).rejects.toMatchObject(
      {
        problem: {
          code: 'diverged',
          message: expect.stringMatching(/at step 4 .*: the gradient of [CM] of MCconv 2 is not/) as string,
        },
      },
    );
  });
});
