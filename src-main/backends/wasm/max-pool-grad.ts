import * as tf from '@tensorflow/tfjs-core';
import { allocate, heapView } from './heap';

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: Parameters<typeof tf.backend_util.computePool2DInfo>[4];
  dimRoundingMode: 'floor' | 'round' | 'ceil' | undefined;
}

/** Gradient of max-pooling: each dy goes to the first largest value of its window. */
export function maxPoolGrad(dy: tf.TensorInfo, x: tf.TensorInfo, attributes: PoolAttributes): tf.TensorInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const shape = x.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const output = allocate(x.shape);
  const dx = heapView(output).fill(0);
  const values = heapView(x);
  const upstream = heapView(dy);
  const { inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  let read = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * info.strideHeight - padInfo.top;
      const rowFrom = Math.max(0, top);
      const rowTo = Math.min(inHeight, top + info.filterHeight);
      for (let column = 0; column < outWidth; column++) {
        const left = column * info.strideWidth - padInfo.left;
        const columnFrom = Math.max(0, left);
        const columnTo = Math.min(inWidth, left + info.filterWidth);
        for (let channel = 0; channel < inChannels; channel++) {
          let best = -1;
          let largest = -Infinity;
          for (let y = rowFrom; y < rowTo; y++) {
            let at = ((image * inHeight + y) * inWidth + columnFrom) * inChannels + channel;
            for (let side = columnFrom; side < columnTo; side++, at += inChannels) {
              if (values[at]! > largest) {
                largest = values[at]!;
                best = at;
              }
            }
          }
          if (best >= 0) dx[best]! += upstream[read]!;
          read += 1;
        }
      }
    }
  }
  return output;
}
