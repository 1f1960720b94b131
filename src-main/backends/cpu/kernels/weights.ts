import type { TensorInfo } from '@tensorflow/tfjs-core';
import { adadeltaStepInto, type AdadeltaAttributes } from '../../../engine/model/kernels/adadelta-step';
import { adamStepInto, type AdamAttributes } from '../../../engine/model/kernels/adam-step';
import type { NativeKernels } from '../native-kernels';
import { sizeOf, type KernelCall } from './tensor-memory';

export function sgdStep(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const w = call.tensor('w');
  const newW = call.make(w.shape);
  const newSlot = call.make(w.shape);
  native.sgd(
    Int32Array.of(sizeOf(w.shape), call.flag('absolute') ? 1 : 0),
    Float64Array.of(call.number('rate'), call.number('momentum'), call.number('decay')),
    call.floats('w'),
    call.floats('gradient'),
    call.floats('slot'),
    call.of(newW),
    call.of(newSlot),
  );
  return [newW, newSlot];
}

/** A loop in TypeScript. */
export function adamStep(_native: NativeKernels, call: KernelCall): TensorInfo[] {
  const { shape } = call.tensor('w');
  const outputs = [call.make(shape), call.make(shape), call.make(shape)] as const;
  const [newW, newFirst, newSecond] = outputs;
  adamStepInto(
    {
      w: call.floats('w'),
      gradient: call.floats('gradient'),
      first: call.floats('first'),
      second: call.floats('second'),
      newW: call.of(newW),
      newFirst: call.of(newFirst),
      newSecond: call.of(newSecond),
    },
    call.attributes as AdamAttributes,
  );
  return [...outputs];
}

/** A loop in TypeScript. */
export function adadeltaStep(_native: NativeKernels, call: KernelCall): TensorInfo[] {
  const { shape } = call.tensor('w');
  const outputs = [call.make(shape), call.make(shape), call.make(shape)] as const;
  const [newW, newSquares, newUpdates] = outputs;
  adadeltaStepInto(
    {
      w: call.floats('w'),
      gradient: call.floats('gradient'),
      squares: call.floats('squares'),
      updates: call.floats('updates'),
      newW: call.of(newW),
      newSquares: call.of(newSquares),
      newUpdates: call.of(newUpdates),
    },
    call.attributes as AdadeltaAttributes,
  );
  return [...outputs];
}

export function filterLoss(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const c = call.tensor('c');
  const m = call.tensor('m');
  const [planes, height, width] = m.shape as [number, number, number];
  const taps = height * width;
  const value = call.make([]);
  const dC = call.make(c.shape);
  const dM = call.make(m.shape);
  native.filterLoss(
    Int32Array.of(taps, sizeOf(c.shape) / taps, planes, call.flag('summed') ? 1 : 0),
    Float64Array.of(call.number('theta')),
    call.floats('c'),
    call.floats('chat'),
    call.floats('m'),
    call.optional('baseC'),
    call.optional('baseM'),
    call.of(value),
    call.of(dC),
    call.of(dM),
  );
  return [value, dC, dM];
}

export function binarize(native: NativeKernels, call: KernelCall): TensorInfo {
  const c = call.tensor('c');
  const chat = call.make(c.shape);
  native.binarize(
    Int32Array.of(sizeOf(c.shape), sizeOf(call.tensor('centers').shape)),
    call.floats('c'),
    call.floats('centers'),
    call.of(chat),
  );
  return chat;
}

/** tfjs's BatchMatMul for a single pair of matrices; null for batches and empty matrices. */
export function matMul(native: NativeKernels, call: KernelCall): TensorInfo | null {
  const a = call.tensor('a');
  const b = call.tensor('b');
  const single = (shape: readonly number[]): boolean => sizeOf(shape.slice(0, -2)) === 1 && sizeOf(shape) > 0;
  if (!single(a.shape) || !single(b.shape) || a.dtype !== 'float32' || b.dtype !== 'float32') return null;
  const transposeA = call.flag('transposeA');
  const transposeB = call.flag('transposeB');
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const rows = transposeA ? aColumns : aRows;
  const inner = transposeA ? aRows : aColumns;
  const columns = transposeB ? bRows : bColumns;
  const c = call.make([...a.shape.slice(0, -2), rows, columns]);
  native.matMul(
    Int32Array.of(rows, inner, columns, transposeA ? 1 : 0, transposeB ? 1 : 0),
    call.floats('a'),
    call.floats('b'),
    call.of(c),
  );
  return c;
}
