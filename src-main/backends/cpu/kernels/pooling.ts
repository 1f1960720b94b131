import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NativeKernels } from '../native-kernels';
import { windowDims, windowOutput } from './convolutions';
import type { KernelCall } from './tensor-memory';

export function scaledMaxPool(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const x = call.tensor('x');
  const size = call.number('size');
  const stride = call.number('stride');
  const shape = windowOutput(x.shape, size, stride, x.shape[3]!);
  const values = call.make(shape);
  const index = call.make(shape, 'bool');
  native.maxPool(
    windowDims(x.shape, size, stride, 0, 1, false),
    call.floats('x'),
    call.optional('scale'),
    call.of(values),
    call.bytes(index),
  );
  return [values, index];
}

export function maxUnpool(native: NativeKernels, call: KernelCall): TensorInfo {
  const [batch, , , channels] = call.tensor('dy').shape as [number, number, number, number];
  const shape = [batch, call.number('height'), call.number('width'), channels];
  const dx = call.make(shape);
  native.maxUnpool(
    windowDims(shape, call.number('size'), call.number('stride'), 0, 1, false),
    call.floats('dy'),
    call.bytes(call.tensor('index')),
    call.of(dx),
  );
  return dx;
}

/** Attributes of tfjs's pooling kernels. */
function poolWindow(call: KernelCall): { size: number; stride: number } | null {
  const [size, width] = pair(call.attributes.filterSize);
  const [stride, strideWidth] = pair(call.attributes.strides);
  return size === width && stride === strideWidth && call.attributes.pad === 'same' ? { size, stride } : null;
}

function pair(value: unknown): [number, number] {
  return (typeof value === 'number' ? [value, value] : value) as [number, number];
}

/** tfjs's AvgPool for square windows with SAME padding; null for others. */
export function averagePool(native: NativeKernels, call: KernelCall): TensorInfo | null {
  const window = poolWindow(call);
  const x = call.tensor('x');
  if (!window) return null;
  const y = call.make(windowOutput(x.shape, window.size, window.stride, x.shape[3]!));
  native.averagePool(
    windowDims(x.shape, window.size, window.stride, 0, 1, false),
    call.floats('x'),
    call.of(y),
  );
  return y;
}

/** Gradient of the mean over the part of each window that lies inside the image. */
export function averagePoolBackprop(native: NativeKernels, call: KernelCall): TensorInfo {
  const { shape } = call.tensor('x');
  const dx = call.make(shape);
  native.averagePoolGrad(
    windowDims(shape, call.number('size'), call.number('stride'), 0, 1, false),
    call.floats('dy'),
    call.of(dx),
  );
  return dx;
}
