import { CIFAR100_CLASSES } from './cifar100-classes';
import { USUAL_SIDE, type DatasetDescription } from './dataset-description';
import { emnistBalanced, emnistLetters, fashionMnist, kmnist } from './mnist-relatives';

const mnist: DatasetDescription = {
  id: 'mnist',
  name: 'MNIST handwritten digits',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  channels: 1,
  height: 28,
  width: 28,
  trainCount: 60_000,
  testCount: 10_000,
  mean: [0.1307],
  std: [0.3081],
  pad: { to: USUAL_SIDE, value: 0 },
  attribution: 'Yann LeCun, Corinna Cortes and Christopher J. C. Burges, from data of NIST',
  license: 'CC BY-SA 3.0',
  source: 'http://yann.lecun.com/exdb/mnist/',
};

const cifar10: DatasetDescription = {
  id: 'cifar10',
  name: 'CIFAR-10',
  classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  channels: 3,
  height: 32,
  width: 32,
  trainCount: 50_000,
  testCount: 10_000,
  mean: [0.4914, 0.4822, 0.4465],
  std: [0.247, 0.2435, 0.2616],
  pad: { to: USUAL_SIDE, value: 0 },
  attribution: 'Alex Krizhevsky, Vinod Nair and Geoffrey Hinton',
  license: '',
  source: 'https://www.cs.toronto.edu/~kriz/cifar.html',
};

const cifar100: DatasetDescription = {
  ...cifar10,
  id: 'cifar100',
  name: 'CIFAR-100',
  classes: CIFAR100_CLASSES,
  mean: [0.5071, 0.4865, 0.4409],
  std: [0.2673, 0.2564, 0.2762],
};

const svhn: DatasetDescription = {
  id: 'svhn',
  name: 'SVHN cropped digits',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  channels: 3,
  height: 32,
  width: 32,
  trainCount: 73_257,
  testCount: 26_032,
  mean: [0.4377, 0.4438, 0.4728],
  std: [0.198, 0.201, 0.197],
  pad: { to: USUAL_SIDE, value: 0 },
  attribution: 'Yuval Netzer, Tao Wang, Adam Coates, Alessandro Bissacco, Bo Wu and Andrew Y. Ng',
  license: 'For non-commercial use only',
  source: 'http://ufldl.stanford.edu/housenumbers/',
};

/** The data set that comes with the studio. */
export const BUNDLED_DATASET = 'mnist';

/** The data sets that have a name, by that name. Only the bundled one is on every machine. */
export const datasetRegistry: Readonly<Record<string, DatasetDescription>> = {
  mnist,
  'fashion-mnist': fashionMnist,
  kmnist,
  'emnist-balanced': emnistBalanced,
  'emnist-letters': emnistLetters,
  cifar10,
  cifar100,
  svhn,
};

/** The description of a named data set, or undefined when there is none of that name. */
export function namedDataset(id: string): DatasetDescription | undefined {
  return Object.hasOwn(datasetRegistry, id) ? datasetRegistry[id] : undefined;
}
