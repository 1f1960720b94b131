import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NativeKernels } from '../native-kernels';
import { windowDims, windowOutput } from './convolutions';
import type { KernelCall } from './tensor-memory';

export function normalizedMaxPool(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const x = call.tensor('x');
  const size = call.number('size');
  const stride = call.number('stride');
  const shape = windowOutput(x.shape, size, stride, x.shape[3]!);
  const y = call.make(shape);
  const index = call.make(shape, 'bool');
  native.maxPool(
    windowDims(x.shape, size, stride, 0, 1, call.flag('relu')),
    call.floats('x'),
    call.optional('scale'),
    call.optional('shift'),
    call.of(y),
    call.bytes(index),
  );
  return [y, index];
}

export function normalizedMaxPoolBackprop(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const x = call.tensor('x');
  const channels = x.shape[3]!;
  const reduces = call.flag('reduce');
  const dx = call.make(x.shape);
  const sums = reduces ? [call.make([channels]), call.make([channels])] : [];
  native.maxPoolGrad(
    windowDims(x.shape, call.number('size'), call.number('stride'), 0, 1, call.flag('relu')),
    call.floats('x'),
    call.optional('scale'),
    call.optional('shift'),
    call.floats('dy'),
    call.bytes(call.tensor('index')),
    call.of(dx),
    reduces ? call.floats('center') : null,
    reduces ? call.of(sums[0]!) : null,
    reduces ? call.of(sums[1]!) : null,
  );
  return [dx, ...sums];
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
