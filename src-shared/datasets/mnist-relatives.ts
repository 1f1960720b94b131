import { USUAL_SIDE, type DatasetDescription } from './dataset-description';
import { EMNIST_SPLITS } from './emnist-splits';

/** What all sets in the form of MNIST have in common. */
const form = {
  channels: 1,
  height: 28,
  width: 28,
  pad: { to: USUAL_SIDE, value: 0 },
} as const satisfies Partial<DatasetDescription>;

export const fashionMnist: DatasetDescription = {
  ...form,
  id: 'fashion-mnist',
  name: 'Fashion-MNIST',
  classes: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  trainCount: 60_000,
  testCount: 10_000,
  mean: [0.286],
  std: [0.353],
  attribution: 'Han Xiao, Kashif Rasul and Roland Vollgraf (Zalando)',
  license: 'MIT',
  source: 'https://github.com/zalandoresearch/fashion-mnist',
};

export const kmnist: DatasetDescription = {
  ...form,
  id: 'kmnist',
  name: 'Kuzushiji-MNIST',
  classes: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
  trainCount: 60_000,
  testCount: 10_000,
  mean: [0.1918],
  std: [0.3483],
  attribution:
    'Tarin Clanuwat, Mikel Bober-Irizar, Asanobu Kitamoto, Alex Lamb, Kazuaki Yamamoto and David Ha',
  license: 'CC BY-SA 4.0',
  source: 'http://codh.rois.ac.jp/kmnist/',
};

const emnist = {
  ...form,
  attribution: 'Gregory Cohen, Saeed Afshar, Jonathan Tapson and André van Schaik, from data of NIST',
  license: '',
  source: 'https://www.nist.gov/itl/products-and-services/emnist-dataset',
} as const;

export const emnistBalanced: DatasetDescription = {
  ...emnist,
  id: 'emnist-balanced',
  name: EMNIST_SPLITS.balanced!.title,
  classes: [...EMNIST_SPLITS.balanced!.classes],
  trainCount: 112_800,
  testCount: 18_800,
  mean: [0.1751],
  std: [0.3332],
};

export const emnistLetters: DatasetDescription = {
  ...emnist,
  id: 'emnist-letters',
  name: EMNIST_SPLITS.letters!.title,
  classes: [...EMNIST_SPLITS.letters!.classes],
  trainCount: 124_800,
  testCount: 20_800,
  mean: [0.1722],
  std: [0.3309],
};
