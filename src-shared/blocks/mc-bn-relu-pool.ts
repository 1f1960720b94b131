import { binary, centers, kernel, maps, planes, poolSize } from '../ops/common-fields';
import { BLOCK_INPUT, defineBlock, part } from './definition';
import { normRectifyPool } from './bn-relu-pool';
import { widthText } from './width-text';

/** One layer of the MNIST network (Fig. 8) as a single card: MCconv, batch norm, ReLU, max-pool. */
export const mcBnReluPool = defineBlock({
  type: 'mc-bn-relu-pool',
  label: 'MC · BN · ReLU · Pool',
  help: 'Modulated convolution with batch norm, ReLU and max-pool: one layer of the MNIST network (Fig. 8).',
  fields: { maps, planes, kernel, size: poolSize, centers, binary },
  role: (values) => (values.binary ? 'binary' : 'float'),
  summary: (values, family) =>
    `${widthText(values.maps, values.planes, family)}, max ${values.size}×${values.size}`,
  expand: ({ size, ...convolution }) => [
    part('conv', 'mcconv', 'MCconv', BLOCK_INPUT, { ...convolution, stride: 1 }),
    ...normRectifyPool('conv', size),
  ],
});
