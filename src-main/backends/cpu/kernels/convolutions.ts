import type { TensorInfo } from '@tensorflow/tfjs-core';
import { samePadding } from '@shared/ops/same-padding';
import type { NativeKernels } from '../native-kernels';
import type { KernelCall } from './tensor-memory';

/** [batch, height, width, channels, size, stride, outputs, planes, relu] */
export function windowDims(
  x: readonly number[],
  size: number,
  stride: number,
  outputs: number,
  planes: number,
  relu: boolean,
): Int32Array {
  return Int32Array.of(x[0]!, x[1]!, x[2]!, x[3]!, size, stride, outputs, planes, relu ? 1 : 0);
}

/** The same with a tenth value, for convolutions: the side of pooling windows, 0 for none. */
function convDims(call: KernelCall, outputs: number, planes: number, size: number): Int32Array {
  const { shape } = call.tensor('x');
  const dims = windowDims(shape, size, call.number('stride'), outputs, planes, call.flag('relu'));
  return Int32Array.of(...dims, call.number('pool'));
}

/** Shape of what a window with SAME padding gives. */
export function windowOutput(x: readonly number[], size: number, stride: number, channels: number): number[] {
  return [x[0]!, samePadding(x[1]!, size, stride).out, samePadding(x[2]!, size, stride).out, channels];
}

/** Mean and variance to be computed along with an output, or neither. */
function statisticsOf(call: KernelCall, channels: number): TensorInfo[] {
  return call.flag('statistics') ? [call.make([channels]), call.make([channels])] : [];
}

/** Pooled values and index, to be computed along with an output, or neither. */
function pooledOf(call: KernelCall, y: TensorInfo): TensorInfo[] {
  const size = call.number('pool');
  if (size === 0) return [];
  const shape = windowOutput(y.shape, size, size, y.shape[3]!);
  return [call.make(shape), call.make(shape, 'bool')];
}

/** mean, variance, poolScale, pooled, index as the addon takes them. */
function outputArguments(
  call: KernelCall,
  statistics: readonly TensorInfo[],
  [pooled, index]: readonly TensorInfo[],
) {
  return [
    valuesOrNull(call, statistics, 0),
    valuesOrNull(call, statistics, 1),
    call.optional('poolScale'),
    pooled ? call.of(pooled) : null,
    index ? call.bytes(index) : null,
  ] as const;
}

/** The gradient of the input, and the sums of a reduction, where asked for. */
export function inputGradients(call: KernelCall, channels: number): TensorInfo[] {
  const x = call.tensor('x');
  return [
    ...(call.flag('needsInput') ? [call.make(x.shape)] : []),
    ...(call.flag('reduce') ? [call.make([channels]), call.make([channels])] : []),
  ];
}

function valuesOrNull(call: KernelCall, tensors: readonly TensorInfo[], index: number): Float32Array | null {
  const tensor = tensors[index];
  return tensor ? call.of(tensor) : null;
}

/** dx, center, sum, sumX as the addon takes them. */
function gradientArguments(call: KernelCall, outputs: readonly TensorInfo[]) {
  const reduces = call.flag('reduce');
  return [
    valuesOrNull(call, outputs, 0),
    reduces ? call.floats('center') : null,
    reduces ? valuesOrNull(call, outputs, 1) : null,
    reduces ? valuesOrNull(call, outputs, 2) : null,
  ] as const;
}

/** dy, dyIndex, dyX, dyA, dyB, dyC as the addon takes them. */
function upstream(call: KernelCall) {
  return [
    call.floats('dy'),
    call.optionalBytes('dyIndex'),
    call.optional('dyX'),
    call.optional('dyA'),
    call.optional('dyB'),
    call.optional('dyC'),
  ] as const;
}

export function modulatedConv2D(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const x = call.tensor('x');
  const [size, , , maps] = call.tensor('chat').shape as [number, number, number, number];
  const planes = call.tensor('m').shape[0]!;
  const stride = call.number('stride');
  const y = call.make(windowOutput(x.shape, size, stride, maps * planes));
  const statistics = statisticsOf(call, maps * planes);
  const pooled = pooledOf(call, y);
  native.modulatedConv(
    convDims(call, maps, planes, size),
    call.floats('x'),
    call.optional('scale'),
    call.optional('shift'),
    call.floats('chat'),
    call.floats('m'),
    call.of(y),
    ...outputArguments(call, statistics, pooled),
  );
  return [y, ...statistics, ...pooled];
}

export function modulatedConv2DBackprop(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const chat = call.tensor('chat');
  const m = call.tensor('m');
  const [size, , channels, maps] = chat.shape as [number, number, number, number];
  const dChat = call.make(chat.shape);
  const dM = call.make(m.shape);
  const outputs = inputGradients(call, channels);
  native.modulatedConvGrad(
    convDims(call, maps, m.shape[0]!, size),
    call.floats('x'),
    call.optional('scale'),
    call.optional('shift'),
    call.floats('chat'),
    call.floats('m'),
    ...upstream(call),
    call.of(dChat),
    call.of(dM),
    ...gradientArguments(call, outputs),
  );
  return [dChat, dM, ...outputs];
}

export function normalizedConv2D(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const x = call.tensor('x');
  const [size, , , channels] = call.tensor('filter').shape as [number, number, number, number];
  const stride = call.number('stride');
  const y = call.make(windowOutput(x.shape, size, stride, channels));
  const statistics = statisticsOf(call, channels);
  const pooled = pooledOf(call, y);
  native.conv(
    convDims(call, channels, 1, size),
    call.floats('x'),
    call.optional('scale'),
    call.optional('shift'),
    call.floats('filter'),
    call.of(y),
    ...outputArguments(call, statistics, pooled),
  );
  return [y, ...statistics, ...pooled];
}

export function normalizedConv2DBackprop(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const filter = call.tensor('filter');
  const [size, , inputs, channels] = filter.shape as [number, number, number, number];
  const dFilter = call.make(filter.shape);
  const outputs = inputGradients(call, inputs);
  native.convGrad(
    convDims(call, channels, 1, size),
    call.floats('x'),
    call.optional('scale'),
    call.optional('shift'),
    call.floats('filter'),
    ...upstream(call),
    call.of(dFilter),
    ...gradientArguments(call, outputs),
  );
  return [dFilter, ...outputs];
}
