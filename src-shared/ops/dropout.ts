import { real } from '../fields/field';
import { defineOp, noMultiplyAdds, noWeights } from './definition';

/** Inverted dropout: in training each value is zeroed with probability p, the others are divided by 1 - p. */
export const dropout = defineOp({
  type: 'dropout',
  label: 'Dropout',
  category: 'head',
  help: 'Silences a random share of the features in training, against overfitting.',
  fields: {
    rate: real({
      label: 'Rate',
      symbol: 'p',
      help: 'Share of values set to zero in training.',
      group: 'Layer',
      min: 0,
      max: 0.95,
      default: 0.5,
    }),
  },
  inputs: [{ name: 'in' }],
  role: () => 'io',
  summary: (values) => `p = ${values.rate}`,
  infer: ([input]) => input!,
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
