import { integer } from '../fields/field';
import { defineOp } from './definition';
import { shapeText } from './shape';

/** Fully connected layer with bias and no activation of its own. */
export const dense = defineOp({
  type: 'dense',
  label: 'Dense',
  category: 'head',
  help: 'Fully connected layer with float weights and a bias.',
  fields: {
    units: integer({
      label: 'Units',
      help: 'Number of outputs.',
      group: 'Layer',
      min: 1,
      max: 65536,
      default: 10,
    }),
  },
  inputs: [{ name: 'in' }],
  role: () => 'float',
  summary: (values) => `${values.units.toLocaleString('en-US')} units`,
  infer: ([input], values) => {
    if (input![0] === 1 && input![1] === 1) return [1, 1, values.units];
    return {
      code: 'dense-needs-vector',
      message: `Dense reads a vector, but ${shapeText(input!)} arrives.`,
      fix: 'Put Flatten or GlobalAvgPool in front of it.',
      port: 'in',
    };
  },
  weights: ([, , features], _output, values) => {
    const bound = 1 / Math.sqrt(features);
    const initializer = { kind: 'uniform', bound } as const;
    return [
      {
        name: 'kernel',
        role: 'kernel',
        shape: [features, values.units],
        trainable: true,
        decay: true,
        initializer,
      },
      { name: 'bias', role: 'bias', shape: [values.units], trainable: true, decay: false, initializer },
    ];
  },
  multiplyAdds: ([, , features], _output, values) => {
    const count = features * values.units;
    return { actual: count, dense: count };
  },
});
