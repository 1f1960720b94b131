import * as tf from '@tensorflow/tfjs-core';
import { modulatedConv2D } from '../modulated-conv/modulated-conv-2d';
import type { LayerForward } from './pass';

/** MCconv (Eq. 7-9) as the modulated convolution kernel of the device. */
export const forwardMcconv: LayerForward<'mcconv'> = (node, [x], pass) =>
  modulatedConv2D(
    x!,
    pass.filters(node.id),
    pass.weights.get(node.id, 'M') as tf.Tensor3D,
    node.values.stride,
  );

/** Ordinary convolution, SAME padding. */
export const forwardConv: LayerForward<'conv'> = (node, [x], pass) =>
  tf.conv2d(x!, pass.weights.get(node.id, 'kernel') as tf.Tensor4D, node.values.stride, 'same');
