import { poolSize } from '../ops/common-fields';
import { BLOCK_INPUT, defineBlock, part, type BlockPart } from './definition';

/** BN, ReLU and max-pool behind the part `input`. */
export function normRectifyPool(input: string, size: number): BlockPart[] {
  return [
    part('bn', 'batchnorm', 'BatchNorm', input),
    part('relu', 'relu', 'ReLU', 'bn'),
    part('pool', 'maxpool', 'MaxPool', 'relu', { size, stride: size }),
  ];
}

/** Batch norm, ReLU and max-pool: what follows every convolution of the MNIST network (Fig. 8). */
export const bnReluPool = defineBlock({
  type: 'bn-relu-pool',
  label: 'BN · ReLU · Pool',
  help: 'Batch norm, ReLU and max-pool, as behind every convolution of the MNIST network (Fig. 8).',
  fields: { size: poolSize },
  role: () => 'shape',
  summary: (values) => `max ${values.size}×${values.size}`,
  expand: (values) => normRectifyPool(BLOCK_INPUT, values.size),
});
