import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NativeKernels } from '../native-kernels';
import { sizeOf, type KernelCall } from './tensor-memory';

/** [rows, channels, relu] of a tensor whose last axis are the channels. */
function rowDims({ shape }: TensorInfo, relu: boolean): Int32Array {
  const channels = shape.at(-1)!;
  return Int32Array.of(sizeOf(shape) / channels, channels, relu ? 1 : 0);
}

export function batchStatistics(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const x = call.tensor('x');
  const dims = rowDims(x, false).subarray(0, 2);
  const mean = call.make([dims[1]!]);
  const variance = call.make([dims[1]!]);
  native.statistics(dims, call.floats('x'), call.of(mean), call.of(variance));
  return [mean, variance];
}

export function normalize(native: NativeKernels, call: KernelCall): TensorInfo {
  const x = call.tensor('x');
  const y = call.make(x.shape);
  native.normalize(
    rowDims(x, call.flag('relu')),
    call.floats('x'),
    call.floats('scale'),
    call.floats('shift'),
    call.of(y),
  );
  return y;
}

export function normalizeBackprop(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const x = call.tensor('x');
  const channels = x.shape.at(-1)!;
  const d = call.make(x.shape);
  const sum = call.make([channels]);
  const sumX = call.make([channels]);
  native.normalizeGrad(
    rowDims(x, call.flag('relu')),
    call.floats('x'),
    call.floats('scale'),
    call.floats('shift'),
    call.floats('dy'),
    call.of(d),
    call.floats('center'),
    call.of(sum),
    call.of(sumX),
  );
  return [d, sum, sumX];
}

export function combineGradients(native: NativeKernels, call: KernelCall): TensorInfo {
  const { shape } = call.tensor('x');
  const y = call.make(shape);
  native.combineGradients(
    Int32Array.of(...shape, call.number('pool')),
    call.floats('dy'),
    call.optionalBytes('dyIndex'),
    call.floats('x'),
    call.floats('a'),
    call.floats('b'),
    call.floats('c'),
    call.optional('other'),
    call.of(y),
  );
  return y;
}

export function addWithStatistics(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const a = call.tensor('a');
  const dims = rowDims(a, false).subarray(0, 2);
  const y = call.make(a.shape);
  const mean = call.make([dims[1]!]);
  const variance = call.make([dims[1]!]);
  native.addWithStatistics(
    dims,
    call.floats('a'),
    call.floats('b'),
    call.of(y),
    call.of(mean),
    call.of(variance),
  );
  return [y, mean, variance];
}

/** tfjs's Add for two float tensors of the same shape; null for others. */
export function addSame(native: NativeKernels, call: KernelCall): TensorInfo | null {
  const a = call.tensor('a');
  const b = call.tensor('b');
  const same =
    a.shape.length > 0 &&
    a.shape.length === b.shape.length &&
    a.shape.every((axis, at) => axis === b.shape[at]);
  if (!same || a.dtype !== 'float32' || b.dtype !== 'float32' || sizeOf(a.shape) === 0) return null;
  const y = call.make(a.shape);
  native.addWithStatistics(
    rowDims(a, false).subarray(0, 2),
    call.floats('a'),
    call.floats('b'),
    call.of(y),
    null,
    null,
  );
  return y;
}
