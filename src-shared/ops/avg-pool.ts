import { poolSize, poolStride } from './common-fields';
import { defineOp, noMultiplyAdds, noWeights } from './definition';
import { windowedShape } from './windowed-shape';

/** Mean of every window; padding is not counted. SAME padding. */
export const avgPool = defineOp({
  type: 'avgpool',
  label: 'AvgPool',
  category: 'shape',
  help: 'Mean of every window; padding is not counted.',
  fields: { size: poolSize, stride: poolStride },
  inputs: [{ name: 'in' }],
  role: () => 'shape',
  summary: (values) => `avg ${values.size}×${values.size}, stride ${values.stride}`,
  infer: ([input], values) => windowedShape(input!, values.size, values.stride, input![2]),
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
