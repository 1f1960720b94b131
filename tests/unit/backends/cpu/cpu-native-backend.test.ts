import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activateNative } from '@main/backends/cpu/activate-native';
import type { CpuNativeBackend } from '@main/backends/cpu/cpu-native-backend';
import { stockKernels } from '@main/backends/cpu/register-kernels';
import { addon, whyNot } from './native-addon';

/** So large that its memory is the pool's. */
const SHAPE = [64, 64] as [number, number];
const SIZE = 64 * 64;

function backend(): CpuNativeBackend {
  return tf.backend() as CpuNativeBackend;
}

/** Numbers in memory of the pool: the sum is a native kernel. */
function pooled(value: number): tf.Tensor2D {
  return tf.tidy(() => tf.add(tf.fill(SHAPE, value), tf.zeros(SHAPE)));
}

/** The address of a tensor, as far as it can be told from here. */
function memoryOf(tensor: tf.Tensor): ArrayBufferLike {
  return backend().values(tensor).buffer;
}

beforeEach(({ skip }) => {
  if (!addon) skip(whyNot);
});

describe.skipIf(!addon)('tensors of the native backend', () => {
  let before: number;

  beforeAll(async () => {
    await activateNative(2);
  });

  beforeEach(() => {
    before = tf.memory().numTensors;
  });

  afterAll(() => {
    expect(tf.memory().numTensors).toBe(0);
    expect(backend().pool.usedBytes).toBe(0);
  });

  it('lie in memory that the next one of their size gets', () => {
    const first = pooled(1);
    const memory = memoryOf(first);
    expect(backend().values(first).byteOffset % 4).toBe(0);
    expect(backend().pool.owns(memory)).toBe(true);
    first.dispose();
    const second = pooled(2);
    expect(memoryOf(second)).toBe(memory);
    second.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('begin at multiples of 64 bytes', () => {
    const tensor = pooled(1);
    const { buffer, byteOffset } = backend().values(tensor);
    expect(addon!.alignment(buffer as ArrayBuffer)).toBe(byteOffset % 64);
    tensor.dispose();
  });

  it.each<[string, (tensor: tf.Tensor) => Promise<ArrayLike<number>>]>([
    ['data()', (tensor) => tensor.data()],
    ['dataSync()', (tensor) => Promise.resolve(tensor.dataSync())],
    ['bytes()', async (tensor) => new Float32Array(((await tensor.bytes()) as Uint8Array).slice().buffer)],
    ['bufferSync()', (tensor) => Promise.resolve(tensor.bufferSync().values as Float32Array)],
  ])('are read with %s into an array that stays as it is when the memory is used again', async (_, read) => {
    const tensor = pooled(1);
    const memory = memoryOf(tensor);
    const values = await read(tensor);
    tensor.dispose();
    const next = pooled(2);
    expect(memoryOf(next)).toBe(memory);
    expect(Array.from(values)).toEqual(new Array(SIZE).fill(1));
    next.dispose();
  });

  it.each<[string, (tensor: tf.Tensor2D) => tf.Tensor]>([
    ['a slice, which is a view in the cpu backend', (tensor) => tf.slice(tensor, [8, 0], [48, 64])],
    ['the same values in another shape', (tensor) => tf.reshape(tensor, [SIZE])],
    ['a clone', (tensor) => tf.clone(tensor)],
    ['a part of a split', (tensor) => tf.tidy(() => tf.split(tensor, 2)[1]!)],
    ['one row of all', (tensor) => tf.tidy(() => tf.unstack(tensor)[3]!)],
    ['a concatenation of one', (tensor) => tf.concat([tensor])],
  ])('keep their values when what they were made of is disposed: %s', (_, derive) => {
    const tensor = pooled(1);
    const derived = derive(tensor);
    tensor.dispose();
    const next = [pooled(2), pooled(3)];
    expect(derived.dataSync().every((value) => value === 1)).toBe(true);
    tf.dispose([derived, ...next]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('moves to another backend and back with their values', async () => {
    const tensor = pooled(5);
    await tf.setBackend('cpu');
    const there = tf.mul(tensor, 2);
    await tf.setBackend('cpu-native');
    const next = pooled(7);
    const back = tf.add(there, there);
    expect(back.dataSync().every((value) => value === 20)).toBe(true);
    tf.dispose([tensor, there, next, back]);
  });

  it('tells which kernels are not native, the reshapes aside, which compute nothing', () => {
    stockKernels.clear();
    const sum = tf.tidy(() => tf.softmax(tf.reshape(tf.add(tf.ones([4, 8]), tf.ones([4, 8])), [8, 4])));
    expect(stockKernels.names()).toContain('Softmax');
    expect(stockKernels.names()).not.toContain('Reshape');
    expect(stockKernels.names()).not.toContain('Add');
    sum.dispose();
  });
});
