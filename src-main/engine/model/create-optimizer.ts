import { AUTOMATIC_EPSILON } from '@shared/training/optimizer-defaults';
import type { TrainingSettings } from '@shared/training/settings';
import { Adadelta } from './adadelta';
import { Adam } from './adam';
import type { Optimizer } from './optimizer';
import { Sgd } from './sgd';
import type { Weight } from './weight-store';

/** The optimizer that the settings name, with fresh slots for the trainable weights; the caller disposes it. */
export function createOptimizer(weights: readonly Weight[], settings: TrainingSettings): Optimizer {
  switch (settings.optimizer) {
    case 'sgd':
      return new Sgd(weights, settings);
    case 'adam':
      return new Adam(weights, { ...settings, epsilon: settings.epsilon ?? AUTOMATIC_EPSILON.adam });
    case 'adadelta':
      return new Adadelta(weights, { ...settings, epsilon: settings.epsilon ?? AUTOMATIC_EPSILON.adadelta });
  }
}
