import { choice, integer, integers, optionalReal, real } from '../fields/field';

/** Settings of the optimizer and of the schedule of its rates (mcn.md, section 5). */
export const optimizerFields = {
  optimizer: choice({
    label: 'Method',
    help: 'How gradients become steps, as the method of that name in torch.optim. Choosing another one sets both rates to its usual ones.',
    group: 'Optimizer',
    options: [
      { value: 'sgd', label: 'SGD, Nesterov' },
      { value: 'adam', label: 'Adam' },
      { value: 'adadelta', label: 'Adadelta' },
    ],
    default: 'sgd',
  }),
  learningRate: real({
    label: 'Filter rate',
    symbol: 'η₁',
    help: 'Learning rate of the filters C and all other weights before any cut (Eq. 11).',
    group: 'Optimizer',
    min: 0,
    max: 10,
    default: 0.05,
  }),
  modulationRate: real({
    label: 'M-Filter rate',
    symbol: 'η₂',
    help: 'Learning rate of the M-Filters before any cut (Eq. 15); follows the same schedule.',
    group: 'Optimizer',
    min: 0,
    max: 10,
    default: 0.005,
  }),
  momentum: real({
    label: 'Momentum',
    help: 'With SGD only: share of the last step that is kept.',
    group: 'Optimizer',
    min: 0,
    max: 0.999,
    default: 0.9,
  }),
  beta1: real({
    label: 'Decay of the mean',
    symbol: 'β₁',
    help: 'With Adam only: share of the mean of past gradients that is kept at a step.',
    group: 'Optimizer',
    min: 0,
    max: 0.9999,
    default: 0.9,
  }),
  beta2: real({
    label: 'Decay of the square',
    symbol: 'β₂',
    help: 'With Adam only: share of the mean of past squared gradients that is kept at a step.',
    group: 'Optimizer',
    min: 0,
    max: 0.999999,
    default: 0.999,
  }),
  rho: real({
    label: 'Decay of the squares',
    symbol: 'ρ',
    help: 'With Adadelta only: share of the means of past squared gradients and updates that is kept at a step.',
    group: 'Optimizer',
    min: 0,
    max: 0.9999,
    default: 0.9,
  }),
  epsilon: optionalReal({
    label: 'Epsilon',
    symbol: 'ε',
    help: 'With Adam and Adadelta only: keeps them from dividing by zero. Empty: 1e-8 for Adam, 1e-6 for Adadelta.',
    group: 'Optimizer',
    min: 1e-12,
    max: 1,
    nullLabel: 'automatic',
  }),
  weightDecay: real({
    label: 'Weight decay',
    help: 'L2 decay of convolution and dense kernels; spares M-Filters, centers, biases and batch norm.',
    group: 'Optimizer',
    min: 0,
    max: 1,
    default: 0,
  }),
  schedule: choice({
    label: 'Schedule',
    help: 'How both rates fall over the run.',
    group: 'Optimizer',
    options: [
      { value: 'cosine', label: 'Cosine' },
      { value: 'step', label: 'Every N epochs' },
      { value: 'milestones', label: 'At milestones' },
      { value: 'constant', label: 'Constant' },
    ],
    default: 'cosine',
  }),
  stepEpochs: integer({
    label: 'Cut every',
    unit: 'epochs',
    help: 'With the schedule "every N epochs": N.',
    group: 'Optimizer',
    min: 1,
    max: 10_000,
    default: 30,
  }),
  milestones: integers({
    label: 'Milestones',
    unit: 'epochs',
    help: 'With the schedule "at milestones": the epochs after which the rates are cut.',
    group: 'Optimizer',
    default: [60, 120, 160],
    max: 10_000,
    maxLength: 32,
  }),
  decayFactor: real({
    label: 'Cut factor',
    help: 'What the rates are multiplied by at every cut.',
    group: 'Optimizer',
    min: 0.0001,
    max: 1,
    default: 0.2,
  }),
  rateWarmupEpochs: integer({
    label: 'Rates rise over',
    unit: 'epochs',
    help: 'Epochs at the start in which both rates rise linearly to what the schedule says. 0: none.',
    group: 'Optimizer',
    min: 0,
    max: 10_000,
    default: 0,
  }),
} as const;

/** A method as settings and checkpoints name it. */
export type OptimizerName = typeof optimizerFields.optimizer.default;

/** The method as a form shows it. */
export function optimizerLabel(name: OptimizerName): string {
  return optimizerFields.optimizer.options.find(({ value }) => value === name)!.label;
}
