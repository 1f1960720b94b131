import { defineOp, noMultiplyAdds, noWeights } from './definition';

/** Mean of every channel over all positions: [h, w, c] to [1, 1, c]. */
export const globalAvgPool = defineOp({
  type: 'globalavgpool',
  label: 'GlobalAvgPool',
  category: 'shape',
  help: 'One value per channel: the mean over all positions. Keeps the layers behind it small.',
  fields: {},
  inputs: [{ name: 'in' }],
  role: () => 'shape',
  summary: () => 'mean over positions',
  infer: ([input]) => [1, 1, input![2]],
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
