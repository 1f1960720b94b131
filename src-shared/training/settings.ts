import { checkValues } from '../fields/check-value';
import { choice, integer, optionalInteger, type ValuesOf } from '../fields/field';
import type { Problem } from '../problem';
import { augmentationFields } from './augmentation-fields';
import { checkLosses } from './check-losses';
import { lossFields } from './loss-fields';
import { imageFolderFields } from './image-folder-fields';
import { optimizerFields } from './optimizer-fields';

/** Every setting of a training run; forms, `--set KEY=VALUE`, run files and tables derive from it. Symbols as in mcn.md. */
export const trainingFields = {
  epochs: integer({
    label: 'Epochs',
    symbol: 'E',
    help: 'Passes over the training images.',
    group: 'Run',
    min: 1,
    max: 10_000,
    default: 6,
  }),
  batchSize: integer({
    label: 'Batch',
    unit: 'images',
    help: 'Images per step. The last, smaller batch of an epoch is kept.',
    group: 'Data',
    min: 1,
    max: 4096,
    default: 128,
  }),
  limitTrain: optionalInteger({
    label: 'Training images',
    help: 'Use only the first images of the training set. Empty: all.',
    group: 'Data',
    min: 1,
    max: 100_000_000,
    nullLabel: 'all',
  }),
  limitTest: optionalInteger({
    label: 'Test images',
    help: 'Use only the first images of the test set. Empty: all.',
    group: 'Data',
    min: 1,
    max: 100_000_000,
    nullLabel: 'all',
  }),
  ...augmentationFields,
  ...imageFolderFields,
  ...optimizerFields,
  ...lossFields,
  warmupEpochs: optionalInteger({
    label: 'Binary after epoch',
    help: 'Epochs trained with float filters before the centers are fitted. Empty: a tenth of the run, 1 to 10.',
    group: 'Binarization',
    min: 0,
    max: 10_000,
    nullLabel: 'automatic',
  }),
  refitEvery: integer({
    label: 'Refit centers every',
    unit: 'epochs',
    help: 'How often the centers are fitted again to the weights. 0: never again.',
    group: 'Binarization',
    min: 0,
    max: 10_000,
    default: 1,
  }),
  modulationStart: choice({
    label: 'M-Filters start',
    symbol: 'M',
    help: 'Drawn: the planes start apart and learn different things. Ones: all planes start, and stay, equal.',
    group: 'Binarization',
    options: [
      { value: 'uniform', label: 'Drawn, 0.5 to 1.5' },
      { value: 'ones', label: 'Ones' },
    ],
    default: 'uniform',
  }),
  seed: integer({
    label: 'Seed',
    help: 'The same seed, settings and device repeat a run exactly.',
    group: 'Run',
    min: 0,
    max: 0xffff_ffff,
    default: 1,
  }),
  checkpointSeconds: integer({
    label: 'Checkpoint every',
    unit: 's',
    help: 'Seconds of training between checkpoints, besides one at the end of every epoch. 0: one after every step.',
    group: 'Run',
    min: 0,
    max: 86_400,
    default: 60,
  }),
  keepEpochs: integer({
    label: 'Keep epochs',
    help: 'Checkpoints of past epochs that are kept, the newest ones, besides last and best. 0: all of them.',
    group: 'Run',
    min: 0,
    max: 10_000,
    default: 10,
  }),
  keepEvery: integer({
    label: 'Keep every',
    unit: 'epochs',
    help: 'Checkpoints of past epochs whose number is a multiple of this are kept, too, however old. 0: none.',
    group: 'Run',
    min: 0,
    max: 10_000,
    default: 0,
  }),
  device: choice({
    label: 'Device',
    help: 'Where to compute. Automatic takes the CPU, or a GPU that was measured to be faster; a named device that fails is an error.',
    group: 'Run',
    options: [
      { value: 'auto', label: 'Automatic' },
      { value: 'cpu', label: 'CPU' },
      { value: 'cpu-native', label: 'CPU, native' },
      { value: 'cpu-wasm', label: 'CPU, WebAssembly' },
      { value: 'webgpu', label: 'GPU, WebGPU' },
      { value: 'tensorflow', label: 'GPU, TensorFlow' },
    ],
    default: 'auto',
  }),
  threads: integer({
    label: 'Threads',
    help: 'Threads that compute on the CPU. Results do not depend on them. 0: one for each core.',
    group: 'Run',
    min: 0,
    max: 256,
    default: 0,
  }),
} as const;

export type TrainingSettings = ValuesOf<typeof trainingFields>;
export type SettingKey = keyof typeof trainingFields;

/** Completes and checks settings: every field for itself, then what only holds between fields. */
export function checkSettings(given: Readonly<Record<string, unknown>>): {
  settings: TrainingSettings;
  problems: Problem[];
} {
  const { values, problems } = checkValues(trainingFields, given);
  if (values.warmupEpochs !== null && values.warmupEpochs >= values.epochs) {
    problems.push({
      code: 'warmup-too-long',
      message: `Binary after epoch (warmupEpochs) is ${values.warmupEpochs}, but the run has ${values.epochs} epochs: the filters would never become binary.`,
      fix: `Set it to ${values.epochs - 1} or less, or leave it empty.`,
      field: 'warmupEpochs',
    });
  }
  if (values.rateWarmupEpochs >= values.epochs) {
    problems.push({
      code: 'rate-warmup-too-long',
      message: `Rates rise over (rateWarmupEpochs) is ${values.rateWarmupEpochs}, but the run has ${values.epochs} epochs: the rates would never get to where the schedule begins.`,
      fix: `Set it to ${values.epochs - 1} or less; 0 is none.`,
      field: 'rateWarmupEpochs',
    });
  }
  problems.push(...checkLosses(values));
  if (values.classList.trim() !== '' && values.classDraw !== null) {
    problems.push({
      code: 'classes-twice',
      message: `Classes (classList) names classes, and ${values.classDraw} are to be drawn (classDraw): only one of the two can be.`,
      fix: 'Leave one of them empty.',
      field: 'classDraw',
    });
  }
  if (values.modulationStart === 'ones') {
    problems.push({
      code: 'm-ones',
      message: 'M-Filters that start from ones stay equal: the network is then a K-fold copy.',
      fix: 'Start them drawn.',
      field: 'modulationStart',
      severity: 'warning',
    });
  }
  return { settings: values, problems };
}
