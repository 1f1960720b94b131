import { defineOp, noMultiplyAdds, noWeights } from './definition';
import { shapeSize } from './shape';

/** All values of a tensor as one vector, in the order height, width, channel. */
export const flatten = defineOp({
  type: 'flatten',
  label: 'Flatten',
  category: 'shape',
  help: 'All values as one vector, in front of a dense layer.',
  fields: {},
  inputs: [{ name: 'in' }],
  role: () => 'shape',
  summary: () => 'to a vector',
  infer: ([input]) => [1, 1, shapeSize(input!)],
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
