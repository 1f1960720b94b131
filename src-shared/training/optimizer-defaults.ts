import type { OptimizerName } from './optimizer-fields';
import type { TrainingSettings } from './settings';

/** Rates to start from: eta1 as in torch.optim where it has a default, and eta2 = 0.1 eta1 (mcn.md, section 5). */
const RATES: Readonly<Record<OptimizerName, Pick<TrainingSettings, 'learningRate' | 'modulationRate'>>> = {
  sgd: { learningRate: 0.05, modulationRate: 0.005 },
  adam: { learningRate: 1e-3, modulationRate: 1e-4 },
  adadelta: { learningRate: 1, modulationRate: 0.1 },
};

/** Slots: tensors of the size of each trainable weight that a method keeps beside it. */
export const SLOT_COUNTS: Readonly<Record<OptimizerName, number>> = { sgd: 1, adam: 2, adadelta: 2 };

/** What keeps a method from dividing by zero where the settings leave it open, as in torch.optim; SGD does not divide. */
export const AUTOMATIC_EPSILON = { adam: 1e-8, adadelta: 1e-6 } as const;

/**
 * Settings with some of them changed. A change to another method changes both rates to the usual ones of that method, where `changes` does
 * not name them: a rate that suits one is off by a factor of fifty for another.
 */
export function changeSettings(
  settings: TrainingSettings,
  changes: Partial<TrainingSettings>,
): TrainingSettings {
  const { optimizer } = changes;
  const rates = optimizer === undefined || optimizer === settings.optimizer ? {} : RATES[optimizer];
  return { ...settings, ...rates, ...changes };
}
