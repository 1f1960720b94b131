import { defineOp, noMultiplyAdds, noWeights } from './definition';
import { sameShape, shapeText } from './shape';

/** Sum of its inputs, all of one shape. */
export const add = defineOp({
  type: 'add',
  label: 'Add',
  category: 'merge',
  help: 'Adds tensors of the same shape, as where a shortcut meets its block.',
  fields: {},
  inputs: [{ name: 'in', many: true }],
  role: () => 'merge',
  summary: () => 'sum',
  infer: (inputs) => {
    const first = inputs[0]!;
    const other = inputs.find((shape) => !sameShape(shape, first));
    if (!other) return first;
    return {
      code: 'add-shapes',
      message: `Add needs equal shapes, but ${shapeText(first)} and ${shapeText(other)} arrive.`,
      fix:
        first[0] !== other[0] || first[1] !== other[1]
          ? 'Give both branches the same strides, or put an AvgPool into the larger one.'
          : 'Put a PadMaps into the narrower branch.',
      port: 'in',
    };
  },
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
