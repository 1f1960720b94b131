import { poolSize, poolStride } from './common-fields';
import { defineOp, noMultiplyAdds, noWeights } from './definition';
import { windowedShape } from './windowed-shape';

/** Largest value of every window; padding never wins. SAME padding. */
export const maxPool = defineOp({
  type: 'maxpool',
  label: 'MaxPool',
  category: 'shape',
  help: 'Largest value of every window; padding never wins.',
  fields: { size: poolSize, stride: poolStride },
  inputs: [{ name: 'in' }],
  role: () => 'shape',
  summary: (values) => `max ${values.size}×${values.size}, stride ${values.stride}`,
  infer: ([input], values) => windowedShape(input!, values.size, values.stride, input![2]),
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
