import { USUAL_SIDE, type DatasetDescription } from './dataset-description';

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

/** The data sets that have a name, by that name. */
export const datasetRegistry: Readonly<Record<string, DatasetDescription>> = { mnist };

/** The description of a named data set, or undefined when there is none of that name. */
export function namedDataset(id: string): DatasetDescription | undefined {
  return Object.hasOwn(datasetRegistry, id) ? datasetRegistry[id] : undefined;
}
