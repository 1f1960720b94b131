import { defineOp, noMultiplyAdds, noWeights } from './definition';

/** Rectifier: max(x, 0). */
export const relu = defineOp({
  type: 'relu',
  label: 'ReLU',
  category: 'normalisation',
  help: 'Sets negative values to zero.',
  fields: {},
  inputs: [{ name: 'in' }],
  role: () => 'shape',
  summary: () => 'max(x, 0)',
  infer: ([input]) => input!,
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
