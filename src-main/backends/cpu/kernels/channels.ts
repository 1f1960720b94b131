import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { NativeKernels } from '../native-kernels';
import { sizeOf, type KernelCall } from './tensor-memory';

/** tfjs's PadV2 for zeros around the last axis alone; null for others. */
export function padChannels(native: NativeKernels, call: KernelCall): TensorInfo | null {
  const x = call.tensor('x');
  const paddings = call.attributes.paddings as [number, number][];
  const others = paddings.slice(0, -1).flat();
  const zeros = call.attributes.constantValue === 0 && others.every((count) => count === 0);
  if (!zeros || x.dtype !== 'float32' || sizeOf(x.shape) === 0) return null;
  const channels = x.shape.at(-1)!;
  const [before, after] = paddings.at(-1)!;
  const y = call.make([...x.shape.slice(0, -1), before + channels + after]);
  native.copyChannels(
    Int32Array.of(sizeOf(x.shape) / channels, channels, before + channels + after, 0, before, channels),
    call.floats('x'),
    call.of(y),
  );
  return y;
}

/** tfjs's Slice of the last axis alone; null for others. */
export function sliceChannels(native: NativeKernels, call: KernelCall): TensorInfo | null {
  const x = call.tensor('x');
  const begin = call.attributes.begin as number[];
  const size = (call.attributes.size as number[]).map((count, axis) =>
    count === -1 ? x.shape[axis]! - begin[axis]! : count,
  );
  const last = x.shape.length - 1;
  const whole = size.every((count, axis) => axis === last || count === x.shape[axis]);
  if (!whole || last < 1 || x.dtype !== 'float32' || sizeOf(size) === 0) return null;
  const channels = x.shape[last]!;
  const y = call.make(size);
  native.copyChannels(
    Int32Array.of(sizeOf(x.shape) / channels, channels, size[last]!, begin[last]!, 0, size[last]!),
    call.floats('x'),
    call.of(y),
  );
  return y;
}

/** Dropout: the values whose draw is not below the rate, divided by the share that stays. */
export function dropout(native: NativeKernels, call: KernelCall): TensorInfo {
  const x = call.tensor('x');
  const y = call.make(x.shape);
  const key = ['stream0', 'stream1', 'key0', 'key1'].map((name) => call.number(name));
  native.dropout(
    Int32Array.of(sizeOf(x.shape), ...key),
    Float64Array.of(call.number('rate')),
    call.floats('x'),
    call.of(y),
  );
  return y;
}
