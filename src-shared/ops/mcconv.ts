import { binary, centers, kernel, maps, planes, stride } from './common-fields';
import { defineOp, resolvedPlanes } from './definition';
import { windowedShape } from './windowed-shape';

/**
 * Modulated convolution (Eq. 7-9): filters C^ of K x W x W, one M-Filter per layer, no bias, SAME padding.
 * Weights: H * G * K * W * W in C, K * W * W in M. Multiply-adds per position: H K W² (G + 1) factored, H K² W² G with
 * reconstructed filters Q (mcn.md, section 2); for K = 1 the dense form is the cheaper one.
 */
export const mcconv = defineOp({
  type: 'mcconv',
  label: 'MCconv',
  category: 'convolution',
  help: 'Modulated convolution: binary filters shared over K planes by one learned M-Filter.',
  fields: { maps, planes, kernel, stride, centers, binary },
  inputs: [{ name: 'in' }],
  role: (values) => (values.binary ? 'binary' : 'float'),
  summary: (values) =>
    `${values.maps} maps × ${values.planes ?? 'K'}, ${values.kernel}×${values.kernel}${values.stride > 1 ? `, stride ${values.stride}` : ''}`,
  infer: ([input], values) => {
    const channels = input![2];
    const k = resolvedPlanes(values);
    if (channels % k !== 0) {
      return {
        code: 'channels-not-maps',
        message: `MCconv reads maps of K = ${k} channels, but ${channels} channels arrive.`,
        fix: `Change K here, or let the layer before it give a multiple of ${k} channels.`,
        port: 'in',
        field: 'planes',
      };
    }
    return windowedShape(input!, values.kernel, values.stride, values.maps * k);
  },
  weights: ([, , channels], _output, values) => {
    const k = resolvedPlanes(values);
    const w = values.kernel;
    return [
      {
        name: 'C',
        role: 'filter',
        shape: [w, w, channels, values.maps],
        trainable: true,
        decay: true,
        initializer: { kind: 'he-normal', fanIn: channels * w * w },
      },
      {
        name: 'M',
        role: 'modulation',
        shape: [k, w, w],
        trainable: true,
        decay: false,
        initializer: { kind: 'm-filter' },
      },
    ];
  },
  multiplyAdds: ([, , channels], [height, width], values) => {
    const k = resolvedPlanes(values);
    const perMap = height * width * values.maps * k * values.kernel * values.kernel;
    const dense = perMap * channels;
    return { actual: k === 1 ? dense : perMap * (channels / k + 1), dense };
  },
});
