import * as tf from '@tensorflow/tfjs-core';
import { dilate } from '../../engine/model/kernels/dilate';

type Size4 = [number, number, number, number];

/** Attributes of tfjs's convolution gradient kernels. */
export interface GradientAttributes {
  strides: number | [number, number];
  pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  dimRoundingMode: 'floor' | 'round' | 'ceil' | undefined;
}

function convolutionInfo(
  inputShape: Size4,
  filterShape: Size4,
  { strides, pad, dimRoundingMode }: GradientAttributes,
) {
  return tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
}

/**
 * Gradient of a convolution to its filter: dW[y, x] = x_shifted(y, x)^T dy, one matrix product per tap. x is transposed once to
 * channels-first, so that each tap is a slice that needs no transposition of its own (transposed products are slow on this backend).
 */
export function conv2DBackpropFilter(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: Size4,
  attributes: GradientAttributes,
): tf.Tensor4D {
  const info = convolutionInfo(x.shape, filterShape, attributes);
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth, batchSize, inChannels, outChannels } =
    info;
  const positions = batchSize * outHeight * outWidth;
  const dyRows = tf.reshape(dy, [positions, outChannels]);
  const height = (outHeight - 1) * strideHeight + 1;
  const width = (outWidth - 1) * strideWidth + 1;
  const missingBottom = Math.max(0, height + filterShape[0] - 1 - info.inHeight - padInfo.top);
  const missingRight = Math.max(0, width + filterShape[1] - 1 - info.inWidth - padInfo.left);
  const padded = tf.pad4d(tf.transpose(x, [3, 0, 1, 2]) as tf.Tensor4D, [
    [0, 0],
    [0, 0],
    [padInfo.top, missingBottom],
    [padInfo.left, missingRight],
  ]);
  const taps: tf.Tensor[] = [];
  for (let row = 0; row < filterShape[0]; row++) {
    for (let column = 0; column < filterShape[1]; column++) {
      const shifted = tf.tidy(() => {
        const begin = [0, 0, row, column];
        const end = [inChannels, batchSize, row + height, column + width];
        const slice =
          strideHeight === 1 && strideWidth === 1
            ? tf.slice(padded, begin, [inChannels, batchSize, height, width])
            : tf.stridedSlice(padded, begin, end, [1, 1, strideHeight, strideWidth]);
        return tf.matMul(tf.reshape(slice, [inChannels, positions]), dyRows);
      });
      taps.push(shifted);
    }
  }
  return tf.reshape(tf.stack(taps), filterShape);
}

/**
 * Gradient of a convolution to its input, as a forward convolution of dy (dilated by the stride) with the filter turned by half a
 * turn and its channel axes swapped: the forward kernel is some seven times faster here than the stock gradient kernel.
 */
export function conv2DBackpropInput(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Size4,
  attributes: GradientAttributes,
): tf.Tensor4D {
  const info = convolutionInfo(inputShape, filter.shape, attributes);
  const spread = dilate(dy, info.strideHeight, info.strideWidth);
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
  const top = filter.shape[0] - 1 - info.padInfo.top;
  const left = filter.shape[1] - 1 - info.padInfo.left;
  const bottom = inputShape[1] + filter.shape[0] - 1 - spread.shape[1] - top;
  const right = inputShape[2] + filter.shape[1] - 1 - spread.shape[2] - left;
  return tf.conv2d(spread, turned, 1, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
}
