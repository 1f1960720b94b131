import { text } from '../fields/field';
import { defineOp, noMultiplyAdds, noWeights } from './definition';
import { shapeText } from './shape';

/** Class names as a list; empty when they come from the data set. */
export function classNames(values: { classes: string }): string[] {
  const names = values.classes.trim();
  return names === '' ? [] : names.split(',').map((name) => name.trim());
}

/** Softmax over the classes; its input are the logits. No weights. */
export const output = defineOp({
  type: 'output',
  label: 'Output',
  category: 'io',
  help: 'Softmax over the classes.',
  fields: {
    classes: text({
      label: 'Class names',
      help: 'Separated by commas, in the order of the labels. Empty: the names of the data set.',
      group: 'Layer',
      default: '',
      maxLength: 20_000,
    }),
  },
  inputs: [{ name: 'in' }],
  role: () => 'io',
  summary: (values) => (values.classes.trim() === '' ? 'softmax' : `${classNames(values).length} classes`),
  infer: ([input], values) => {
    if (input![0] !== 1 || input![1] !== 1) {
      return {
        code: 'output-needs-vector',
        message: `Output reads one value per class, but ${shapeText(input!)} arrives.`,
        fix: 'Put a Dense layer with as many units as classes in front of it.',
        port: 'in',
      };
    }
    const names = classNames(values).length;
    if (names > 0 && names !== input![2]) {
      return {
        code: 'output-class-names',
        message: `${names} class names are given, but ${input![2]} values arrive.`,
        fix: `Give ${input![2]} names, or leave the names empty.`,
        field: 'classes',
      };
    }
    return input!;
  },
  weights: noWeights,
  multiplyAdds: noMultiplyAdds,
});
