import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { activateWasm } from '@main/backends/wasm/activate-wasm';

type Arrays = Record<string, { values: Float32Array; shape: number[] }>;

function random(shape: number[], name: string): Arrays[string] {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return { values: uniforms(randomKey(5, 'init', name, ...shape), size, -1, 1), shape };
}

beforeAll(async () => {
  await activateWasm();
});

/** Values and gradients of a function of tensors on a backend; asserts that nothing stays behind. */
async function run(
  backend: string,
  inputs: Arrays,
  compute: (tensors: tf.Tensor[]) => tf.Tensor,
): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const tensors = Object.values(inputs).map(({ values, shape }) => tf.tensor(values, shape));
  const before = tf.memory().numTensors;
  const { value, grads } = tf.valueAndGrads((...args: tf.Tensor[]) => compute(args))(tensors);
  const results = await Promise.all(
    [value, ...grads].map(async (tensor) => Float32Array.from(await tensor.data())),
  );
  tf.dispose([value, ...grads]);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(tensors);
  return results;
}

async function agree(inputs: Arrays, compute: (tensors: tf.Tensor[]) => tf.Tensor): Promise<void> {
  const expected = await run('cpu', inputs, compute);
  const found = await run('wasm', inputs, compute);
  for (const [index, values] of expected.entries()) {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
    const worst = values.reduce((most, value, at) => Math.max(most, Math.abs(value - found[index]![at]!)), 0);
    expect(worst / largest, `output or gradient ${index}`).toBeLessThan(2e-5);
  }
}

describe('kernels of the WebAssembly backend equal those of the reference backend', () => {
  it.each([
    { size: [7, 5], kernel: 3, stride: 1 },
    { size: [8, 8], kernel: 3, stride: 2 },
    { size: [7, 9], kernel: 3, stride: 2 },
    { size: [6, 6], kernel: 1, stride: 2 },
    { size: [5, 5], kernel: 5, stride: 3 },
    { size: [3, 2], kernel: 3, stride: 4 },
  ])(
    'convolution and its gradients: $size, kernel $kernel, stride $stride',
    async ({ size, kernel, stride }) => {
      const x = random([2, ...size, 3], 'x');
      const filter = random([kernel, kernel, 3, 4], 'w');
      await agree({ x, filter }, ([a, b]) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, 'same'));
    },
  );

  it.each([
    { rows: [1, 6], matrix: [6, 4], transposed: false },
    { rows: [1, 6], matrix: [4, 6], transposed: true },
    { rows: [3, 1, 6], matrix: [3, 6, 4], transposed: false },
    { rows: [3, 1, 6], matrix: [3, 4, 6], transposed: true },
  ])('single rows $rows times $matrix, transposed: $transposed', async ({ rows, matrix, transposed }) => {
    const a = random(rows, 'a');
    const b = random(matrix, 'b');
    await agree({ a, b }, ([left, right]) => tf.matMul(left!, right!, false, transposed));
  });

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('matrix product, transposed: %s, %s', async (transposeA, transposeB) => {
    const a = random(transposeA ? [4, 3] : [3, 4], 'a');
    const b = random(transposeB ? [5, 4] : [4, 5], 'b');
    await agree({ a, b }, ([left, right]) => tf.matMul(left!, right!, transposeA, transposeB));
  });
});

it('a single row times a column keeps the small rest of large numbers that cancel', async () => {
  await tf.setBackend('wasm');
  const count = 4096;
  const row = Float32Array.from({ length: count }, (_, at) => (at === 0 ? 1 : at % 2 === 0 ? -1e8 : 1e8));
  const rest = tf.tidy(() =>
    tf.matMul(tf.tensor2d(row.slice(0, count - 1), [1, count - 1]), tf.ones([count - 1, 1])),
  );
  expect(rest.dataSync()[0]).toBe(1);
  rest.dispose();
});

it('one row for all matrices of a batch is multiplied with each', async () => {
  await tf.setBackend('wasm');
  const found = tf.tidy(() => tf.matMul(tf.tensor3d([1, 2], [1, 1, 2]), tf.range(0, 4).reshape([2, 2, 1])));
  expect([found.shape, [...found.dataSync()]]).toEqual([
    [2, 1, 1],
    [2, 8],
  ]);
  found.dispose();
});
