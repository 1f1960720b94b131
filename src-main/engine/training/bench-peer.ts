import type { Network } from '@shared/network/network';
import type { TrainingSettings } from '@shared/training/settings';
import type { TrainableModel } from '../model/trainable-model';
import type { Weight } from '../model/weight-store';

/** Learning rates eta1 and eta2 of a step. */
export interface Rates {
  filters: number;
  modulation: number;
}

/** What another program must know to build the same network and to train it alike (tests/bench/torch_reference.py). */
export interface BenchPeer {
  network: Network;
  /** Every weight under its full name, in the engine's layout. */
  weights: Weight['spec'][];
  settings: TrainingSettings;
  rates: Rates;
}

/** Describes a model and its training step for a peer. */
export function benchPeer(model: TrainableModel, settings: TrainingSettings, rates: Rates): BenchPeer {
  const weights = model.weights.weights.map(({ name, spec }) => ({ ...spec, name }));
  return { network: model.network, weights, settings, rates };
}
