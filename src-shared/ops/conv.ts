import { channels, kernel, stride } from './common-fields';
import { defineOp } from './definition';
import { windowedShape } from './windowed-shape';

/** Ordinary convolution, no bias, SAME padding: the layer of the Wide-ResNet twin. */
export const conv = defineOp({
  type: 'conv',
  label: 'Conv',
  category: 'convolution',
  help: 'Ordinary convolution with float filters.',
  fields: { channels, kernel, stride },
  inputs: [{ name: 'in' }],
  role: () => 'float',
  summary: (values) =>
    `${values.channels} channels, ${values.kernel}×${values.kernel}${values.stride > 1 ? `, stride ${values.stride}` : ''}`,
  infer: ([input], values) => windowedShape(input!, values.kernel, values.stride, values.channels),
  weights: (input, _output, values) => [
    {
      name: 'kernel',
      role: 'kernel',
      shape: [values.kernel, values.kernel, input[2], values.channels],
      trainable: true,
      decay: true,
      initializer: { kind: 'he-normal', fanIn: input[2] * values.kernel * values.kernel },
    },
  ],
  multiplyAdds: (input, output, values) => {
    const count = output[0] * output[1] * output[2] * input[2] * values.kernel * values.kernel;
    return { actual: count, dense: count };
  },
});
