import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import { SLOT_COUNTS } from '@shared/training/optimizer-defaults';
import type { OptimizerState } from '@shared/training/optimizer-state';
import { trainingFields, type TrainingSettings } from '@shared/training/settings';
import { createOptimizer } from '@main/engine/model/create-optimizer';
import type { Optimizer } from '@main/engine/model/optimizer';
import { WeightStore } from '@main/engine/model/weight-store';
import { activate, TEST_BACKENDS } from '../../backends/test-backends';
import { networkOf } from '../../packed/sample-models';

const NETWORK = networkOf(
  chain([
    ['in', 'input', 'Input', { height: 4, width: 4 }],
    ['mc', 'mcconv', 'MC', { maps: 2 }],
    ['gap', 'globalavgpool', 'Pool'],
    ['out', 'output', 'Output'],
  ]),
  'mcn',
);

const METHODS = trainingFields.optimizer.options.map(({ value }) => value);

function make(optimizer: TrainingSettings['optimizer']): { store: WeightStore; optimizer: Optimizer } {
  const store = new WeightStore(NETWORK, 3, 'uniform');
  const settings = { ...defaultsOf(trainingFields), optimizer, weightDecay: 0.01 };
  return { store, optimizer: createOptimizer(store.weights, settings) };
}

/** Steps `from` to `to`, each with gradients of its own. */
function steps({ store, optimizer }: ReturnType<typeof make>, from: number, to: number): void {
  for (let step = from; step < to; step++) {
    const gradients = Object.fromEntries(
      store.weights.map(({ name, variable }) => {
        const values = Float32Array.from({ length: variable.size }, (_, at) => Math.sin(7 * at + 3 * step));
        return [name, tf.tensor(values, variable.shape)];
      }),
    );
    optimizer.step(gradients, 0.02, 0.01);
    tf.dispose(gradients);
  }
}

function dispose({ store, optimizer }: ReturnType<typeof make>): void {
  store.dispose();
  optimizer.dispose();
}

/** The state with one slot of one weight taken out, or another in its place. */
function changed(state: OptimizerState, slot: string, values: Float32Array | null): OptimizerState {
  const own = new Map(state.slots.get(slot));
  if (values) own.set('mc/M', values);
  else own.delete('mc/M');
  return { ...state, slots: new Map([...state.slots, [slot, own]]) };
}

describe.each(TEST_BACKENDS)('the state of an optimizer on %s', (backend) => {
  beforeAll(() => activate(backend));

  it.each(METHODS)('%s has as many slots as the estimate of memory counts', async (method) => {
    const made = make(method);
    expect((await made.optimizer.read()).slots.size).toBe(SLOT_COUNTS[method]);
    dispose(made);
  });

  it.each(METHODS)('%s begins anew from a state without steps and slots', async (method) => {
    const [used, fresh] = [make(method), make(method)];
    steps(used, 0, 3);
    used.optimizer.write({ method, steps: 0, slots: new Map() });
    expect(await used.optimizer.read()).toEqual(await fresh.optimizer.read());
    dispose(used);
    dispose(fresh);
  });

  it.each(METHODS)('%s goes on from it bit for bit', async (method) => {
    const whole = make(method);
    steps(whole, 0, 6);
    const first = make(method);
    steps(first, 0, 3);
    const second = make(method);
    second.store.write(await first.store.read());
    second.optimizer.write(await first.optimizer.read());
    steps(second, 3, 6);
    expect(await second.store.read()).toEqual(await whole.store.read());
    expect(await second.optimizer.read()).toEqual(await whole.optimizer.read());
    for (const made of [whole, first, second]) dispose(made);
  });

  it('of another method, without a slot or of another size is refused by name and changes nothing', async () => {
    const made = make('adam');
    const other = make('adadelta');
    steps(made, 0, 2);
    const state = await made.optimizer.read();
    const refused = [
      [await other.optimizer.read(), 'trained with Adadelta; this run uses Adam'],
      [changed(state, 'second moment', null), 'does not hold the second moment of mc/M'],
      [changed(state, 'first moment', new Float32Array(7)), 'holds 7 values for the first moment of mc/M'],
    ] as const;
    for (const [bad, message] of refused) {
      expect(() => {
        made.optimizer.write({ ...bad, steps: 99 });
      }).toThrow(message);
    }
    expect(await made.optimizer.read()).toEqual(state);
    dispose(made);
    dispose(other);
  });
});
