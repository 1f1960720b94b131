import { defaultsOf } from '../fields/check-value';
import { chain, type ChainLink } from '../graph/chain';
import type { GraphDocument } from '../graph/document';
import { trainingFields, type TrainingSettings } from '../training/settings';

/** A network of the paper, ready to be opened, changed and trained. The family is chosen when it is lowered. */
export interface Preset {
  id: string;
  name: string;
  /** What it is and what it is good for, in plain words. */
  description: string;
  /** Where the paper has it. */
  paper: string;
  /** Data set it is meant for: a registered name. */
  dataset: string;
  document: GraphDocument;
  settings: TrainingSettings;
  /** Where a newcomer begins: a window opens it with as many images as the device gets through in minutes. */
  start?: true;
}

function recipe(changes: Partial<TrainingSettings>): TrainingSettings {
  return { ...defaultsOf(trainingFields), ...changes };
}

const MNIST_INPUT: ChainLink = ['input', 'input', 'Input'];

/** MCconv and BN-ReLU-Pool in turn (Fig. 8). */
function mnistTrunk(widths: readonly number[]): ChainLink[] {
  return widths.flatMap((maps, index): ChainLink[] => [
    [`mc${index + 1}`, 'mcconv', `MCconv ${index + 1}`, { maps }],
    [`pool${index + 1}`, 'bn-relu-pool', `BN · ReLU · Pool ${index + 1}`],
  ]);
}

const MNIST_HEAD: readonly ChainLink[] = [
  ['flatten', 'flatten', 'Flatten'],
  ['fc1', 'dense', 'Dense 1', { units: 1024 }],
  ['relu', 'relu', 'ReLU'],
  ['dropout', 'dropout', 'Dropout', { rate: 0.5 }],
  ['fc2', 'dense', 'Dense 2', { units: 10 }],
  ['output', 'output', 'Output'],
];

function residualTrunk(widths: readonly [number, number, number, number], blocks: number): ChainLink[] {
  const [first, ...stages] = widths;
  return [
    ['mc1', 'mcconv', 'MCconv 1', { maps: first }],
    ...stages.map((maps, index): ChainLink => {
      const fields = { maps, blocks, stride: index === 0 ? 1 : 2 };
      return [`stage${index + 1}`, 'stage', `Stage ${index + 1}`, fields];
    }),
    ['bn', 'batchnorm', 'BatchNorm'],
    ['relu', 'relu', 'ReLU'],
    ['gap', 'globalavgpool', 'Global pool'],
  ];
}

function colorInput(size = 32): ChainLink {
  return ['input', 'input', 'Input', { height: size, width: size, color: 'rgb' }];
}

const RESIDUAL_RECIPE = recipe({
  epochs: 200,
  learningRate: 0.1,
  modulationRate: 0.01,
  weightDecay: 5e-4,
  schedule: 'milestones',
});

/** What CIFAR's recipe draws for every image: a shift by up to 4 pixels, and its mirror image. */
const CIFAR_RECIPE = { ...RESIDUAL_RECIPE, cropPadding: 4, horizontalFlip: true };

/** The networks of mcn.md, section 6, in the order in which a newcomer should meet them. */
export const presets: readonly Preset[] = [
  {
    id: 'mcn-mnist-tiny',
    start: true,
    name: 'MCN on MNIST',
    description:
      'Handwritten digits in a file of less than 50 kB. Trains in minutes on any machine: the place to start.',
    paper: 'Fig. 8 at half width, with global average pooling instead of the wide dense layer',
    dataset: 'mnist',
    document: chain([
      MNIST_INPUT,
      ...mnistTrunk([10, 20, 40, 80]),
      ['gap', 'globalavgpool', 'Global pool'],
      ['fc', 'dense', 'Dense', { units: 10 }],
      ['output', 'output', 'Output'],
    ]),
    settings: recipe({ epochs: 4 }),
  },
  {
    id: 'mcn-mnist-small',
    name: 'MCN-MNIST, half width',
    description: 'The network of the paper for MNIST with half as many maps: a quarter of the work.',
    paper: 'Fig. 8 at 10-20-40-80 maps',
    dataset: 'mnist',
    document: chain([MNIST_INPUT, ...mnistTrunk([10, 20, 40, 80]), ...MNIST_HEAD]),
    settings: recipe({ epochs: 4 }),
  },
  {
    id: 'mcn-mnist',
    name: 'MCN-MNIST',
    description:
      'The network of the paper for MNIST. Its dense layer of 10.5 MB outweighs all its binary filters.',
    paper: 'Fig. 8, Table 2: 99.52 % on MNIST after 200 epochs',
    dataset: 'mnist',
    document: chain([MNIST_INPUT, ...mnistTrunk([20, 40, 80, 160]), ...MNIST_HEAD]),
    settings: recipe({ epochs: 20 }),
  },
  {
    id: 'mcn-20',
    name: 'MCN-20',
    description: 'Residual network of 20 layers for small colour images, the one of the ablation figures.',
    paper: 'Fig. 5 to 7, 16-16-32-64 maps on CIFAR-10',
    dataset: 'cifar10',
    document: chain([
      colorInput(),
      ...residualTrunk([16, 16, 32, 64], 3),
      ['fc', 'dense', 'Dense', { units: 10 }],
      ['output', 'output', 'Output'],
    ]),
    settings: CIFAR_RECIPE,
  },
  {
    id: 'mcn-28',
    name: 'MCN-28',
    description: 'Wide residual network of 28 layers for house numbers.',
    paper: 'Table 2, 64-64-128-256 maps: 96.87 % on SVHN',
    dataset: 'svhn',
    document: chain([
      colorInput(),
      ...residualTrunk([64, 64, 128, 256], 4),
      ['fc', 'dense', 'Dense', { units: 10 }],
      ['output', 'output', 'Output'],
    ]),
    settings: { ...RESIDUAL_RECIPE, schedule: 'step', stepEpochs: 30 },
  },
  {
    id: 'mcn-34',
    name: 'MCN-34',
    description:
      'Wide residual network of 34 layers with a hidden dense layer, the best of the paper on CIFAR.',
    paper: 'Table 2, 64-64-128-256 maps: 95.39 % on CIFAR-10',
    dataset: 'cifar10',
    document: chain([
      colorInput(),
      ...residualTrunk([64, 64, 128, 256], 5),
      ['fc1', 'dense', 'Dense 1', { units: 512 }],
      ['relu2', 'relu', 'ReLU 2'],
      ['dropout', 'dropout', 'Dropout', { rate: 0.5 }],
      ['fc2', 'dense', 'Dense 2', { units: 10 }],
      ['output', 'output', 'Output'],
    ]),
    settings: CIFAR_RECIPE,
  },
  {
    id: 'mcn-34-imagenet100',
    name: 'MCN-34, ImageNet-100',
    description: 'Residual network of 34 layers for photographs of 224 × 224 pixels in 100 classes.',
    paper: 'Fig. 9, Table 3, 32-64-128-256 maps: 83.82 % on ImageNet-100',
    dataset: 'imagenet100',
    document: chain([
      colorInput(224),
      ['mc1', 'mcconv', 'MCconv 1', { maps: 32, stride: 2 }],
      ['pool', 'maxpool', 'MaxPool'],
      ...residualTrunk([32, 64, 128, 256], 5).slice(1),
      ['fc1', 'dense', 'Dense 1', { units: 512 }],
      ['relu2', 'relu', 'ReLU 2'],
      ['dropout', 'dropout', 'Dropout', { rate: 0.5 }],
      ['fc2', 'dense', 'Dense 2', { units: 100 }],
      ['output', 'output', 'Output'],
    ]),
    settings: {
      ...RESIDUAL_RECIPE,
      epochs: 120,
      schedule: 'step',
      stepEpochs: 30,
      decayFactor: 0.1,
      horizontalFlip: true,
      imageStatistics: 'imagenet',
      classDraw: 100,
    },
  },
];

/** The preset of an id, or undefined. */
export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
