import { defineOp, noMultiplyAdds, noWeights } from './definition';
import { shapeText } from './shape';

/** Puts the channels of its inputs behind one another, in the order of the edges; maps stay whole because they are map-major. */
export const concat = defineOp({
  type: 'concat',
  label: 'Concat',
  category: 'merge',
  help: 'Puts the maps of several tensors behind one another.',
  fields: {},
  inputs: [{ name: 'in', many: true }],
  role: () => 'merge',
  summary: () => 'maps in order',
  infer: (inputs) => {
    const first = inputs[0]!;
    const other = inputs.find((shape) => shape[0] !== first[0] || shape[1] !== first[1]);
    if (!other) return [first[0], first[1], inputs.reduce((sum, shape) => sum + shape[2], 0)];
    return {
      code: 'concat-sizes',
      message: `Concat needs equal heights and widths, but ${shapeText(first)} and ${shapeText(other)} arrive.`,
      fix: 'Give the branches the same strides, or pool the larger one.',
      port: 'in',
    };
  },
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
