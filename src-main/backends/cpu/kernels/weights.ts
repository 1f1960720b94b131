import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { AdadeltaAttributes } from '../../../engine/model/kernels/adadelta-step';
import type { AdamAttributes } from '../../../engine/model/kernels/adam-step';
import type { NativeKernels, TwoSlotUpdate } from '../native-kernels';
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

/** One update by an optimizer with two slots: the weight, then its slots. */
function twoSlotStep(
  call: KernelCall,
  update: TwoSlotUpdate,
  slots: readonly [string, string],
  constants: Float64Array,
): TensorInfo[] {
  const { shape } = call.tensor('w');
  const [newW, newFirst, newSecond] = [call.make(shape), call.make(shape), call.make(shape)];
  update(
    Int32Array.of(sizeOf(shape), call.flag('absolute') ? 1 : 0),
    constants,
    call.floats('w'),
    call.floats('gradient'),
    call.floats(slots[0]),
    call.floats(slots[1]),
    call.of(newW),
    call.of(newFirst),
    call.of(newSecond),
  );
  return [newW, newFirst, newSecond];
}

export function adamStep(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const { rate, beta1, beta2, epsilon, step, decay } = call.attributes as AdamAttributes;
  const pace = rate / (1 - beta1 ** step);
  const correction = 1 / Math.sqrt(1 - beta2 ** step);
  const constants = Float64Array.of(decay, pace, correction, epsilon, beta1, beta2);
  return twoSlotStep(call, native.adam, ['first', 'second'], constants);
}

export function adadeltaStep(native: NativeKernels, call: KernelCall): TensorInfo[] {
  const { rate, rho, epsilon, decay } = call.attributes as AdadeltaAttributes;
  const constants = Float64Array.of(decay, rate, epsilon, rho);
  return twoSlotStep(call, native.adadelta, ['squares', 'updates'], constants);
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
