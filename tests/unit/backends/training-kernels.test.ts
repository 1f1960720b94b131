import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import { addWithStatistics } from '@main/engine/model/kernels/add-with-statistics';
import { averagePoolBackprop } from '@main/engine/model/kernels/average-pool';
import {
  batchNormAffine,
  batchNormGradient,
  runningStatistic,
} from '@main/engine/model/kernels/batch-norm-vectors';
import { combineGradients } from '@main/engine/model/kernels/combine-gradients';
import type { InputGradient, OutputDemand } from '@main/engine/model/kernels/conv-operands';
import { dropout } from '@main/engine/model/kernels/dropout';
import { filterLoss } from '@main/engine/model/kernels/filter-loss';
import { maxUnpool, scaledMaxPool, type PooledValues } from '@main/engine/model/kernels/max-pool';
import { modulatedConv2D, modulatedConv2DBackprop } from '@main/engine/model/kernels/modulated-conv-2d';
import {
  batchStatistics,
  normalize,
  normalizeBackprop,
  type ChannelStatistics,
  type NormalizedInput,
} from '@main/engine/model/kernels/normalization';
import { normalizedConv2D, normalizedConv2DBackprop } from '@main/engine/model/kernels/normalized-conv-2d';
import { softmaxCrossEntropy } from '@main/engine/model/kernels/softmax-cross-entropy';
import { written, type Upstream } from '@main/engine/model/kernels/upstream';
import {
  averagePoolGradient,
  channelStatistics,
  convolution,
  convolutionGradients,
  factored,
  mapChannels,
  maxPool,
  normalized,
  reconstructed,
  reduced,
  zeros,
  type ReferenceNorm,
  type Values,
} from './reference-kernels';
import { activateOrSkip, ALL_BACKENDS } from './test-backends';
import { whyNoWebGpu } from './webgpu/software-adapter';

/** Random values that float32 holds exactly, a function of name and shape. */
function random(name: string, shape: readonly number[], low = -1, high = 1): Values {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return { shape, data: Float64Array.from(uniforms(randomKey(5, 'init', name, ...shape), size, low, high)) };
}

function tensor<T extends tf.Tensor = tf.Tensor4D>({ shape, data }: Values): T {
  return tf.tensor(Float32Array.from(data), [...shape]) as T;
}

function vector(values: Float64Array): tf.Tensor1D {
  return tf.tensor1d(Float32Array.from(values));
}

type Read = Float32Array | Int32Array | Uint8Array;

/** What is to be judged when the values are read, which devices may allow only later. */
const pending: { tensors: tf.Tensor[]; judge: (...values: Read[]) => void }[] = [];

/** Judges the values of tensors behind the tidy that they were made in. */
function judge(tensors: tf.Tensor[], then: (...values: Read[]) => void): void {
  pending.push({ tensors: tensors.map((tensor) => tf.keep(tensor.clone())), judge: then });
}

async function judgeAll(): Promise<void> {
  for (const { tensors, judge } of pending.splice(0)) {
    const values = await Promise.all(tensors.map(async (tensor) => tensor.data()));
    tf.dispose(tensors);
    judge(...values);
  }
}

/**
 * Equal within float32's rounding of sums.
 * @param scale what the rounding is relative to; the largest expected value if it is left out
 */
function expectEqual(found: tf.Tensor, expected: Values | Float64Array, what: string, scale?: number): void {
  const values = expected instanceof Float64Array ? expected : expected.data;
  if (!(expected instanceof Float64Array)) expect(found.shape, what).toEqual([...expected.shape]);
  const largest = scale ?? values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  judge([found], (actual) => {
    expect(actual!.length, what).toBe(values.length);
    const worst = values.reduce((most, value, at) => Math.max(most, Math.abs(value - actual![at]!)), 0);
    expect(worst / largest, what).toBeLessThan(2e-5);
  });
}

/** Statistics of values; the variance, a difference of squares to those who take it in one pass, is as exact as the squares. */
function expectStatistics(found: ChannelStatistics, values: Values, what: string): void {
  const { mean, variance } = channelStatistics(values);
  const square = Math.max(...mean.map((value, channel) => value ** 2 + variance[channel]!));
  expectEqual(found.mean, mean, `mean of ${what}`);
  expectEqual(found.variance, variance, `variance of ${what}`, square);
}

/** Ways in which an input can come: raw, normalised, normalised and rectified. */
const INPUTS = ['raw', 'normalised', 'rectified'] as const;
type InputKind = (typeof INPUTS)[number];

function normOf(kind: InputKind, channels: number): ReferenceNorm | null {
  if (kind === 'raw') return null;
  return {
    scale: random('scale', [channels], -1.5, 1.5).data,
    shift: random('shift', [channels], -0.5, 0.5).data,
    center: random('center', [channels], -0.3, 0.3).data,
    relu: kind === 'rectified',
  };
}

function inputOf(x: Values, norm: ReferenceNorm | null): NormalizedInput {
  return {
    values: tensor(x),
    norm: norm && {
      scale: vector(norm.scale),
      shift: vector(norm.shift),
      center: vector(norm.center),
      relu: norm.relu,
    },
  };
}

/** Ways in which a gradient can come. */
const UPSTREAMS = ['plain', 'lazy', 'pooled', 'pooled and lazy'] as const;
type UpstreamKind = (typeof UPSTREAMS)[number];

/** A gradient to values of that shape, as far as it was written, and what it amounts to. */
function upstreamOf(shape: readonly number[], kind: UpstreamKind): { upstream: Upstream; amount: Values } {
  const base = kind.startsWith('pooled') ? pooledUpstream(shape) : plainUpstream(shape);
  if (!kind.endsWith('lazy')) return base;
  const x = random('dyX', shape);
  const channels = [shape.at(-1)!];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => random(name, channels).data) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const amount = mapChannels(
    base.amount,
    (value, channel, at) => a[channel]! * value + b[channel]! * x.data[at]! + c[channel]!,
  );
  const lazy = { x: tensor(x), a: vector(a), b: vector(b), c: vector(c) };
  return { upstream: { ...base.upstream, lazy }, amount };
}

function plainUpstream(shape: readonly number[]): { upstream: Upstream; amount: Values } {
  const dy = random('dy', shape);
  return { upstream: { dy: tensor(dy), pooled: null, lazy: null }, amount: dy };
}

/** The gradient to what windows of 2 x 2 made of random values. */
function pooledUpstream(shape: readonly number[]): {
  upstream: Upstream;
  amount: Values;
} {
  const x = random('pooled', shape);
  const { y, places } = maxPool(x, 2, 2);
  const dy = random('dy', y.shape);
  const { index } = scaledMaxPool(tensor(x), null, { size: 2, stride: 2 });
  const pooled = { index, size: 2, shape: [...shape] as [number, number, number, number] };
  return { upstream: { dy: tensor(dy), pooled, lazy: null }, amount: scattered(dy, places, shape) };
}

/** Every value added at its place among zeros. */
function scattered(dy: Values, places: Int32Array, shape: readonly number[]): Values {
  const dx = zeros(shape);
  for (const [at, place] of places.entries()) dx.data[place]! += dy.data[at]!;
  return dx;
}

/** The gradient of an input against the one to its normalised values, reduced where that was asked for. */
function expectInputGradient(
  { dx, reduced: sums }: InputGradient,
  x: Values,
  expected: Values,
  norm: ReferenceNorm | null,
): void {
  if (!sums) {
    expectEqual(dx!, expected, 'dx');
    return;
  }
  const reference = reduced(x, expected, norm!);
  expectEqual(dx!, reference.d, 'd');
  expectEqual(sums.sum, reference.sum, 'sum');
  expectEqual(sums.sumX, reference.sumX, 'sumX');
}

/** Everything that can be found out about an output of so many channels. */
function outputDemand(channels: number): OutputDemand {
  return { statistics: true, pooling: { size: 2, scale: vector(random('pool', [channels]).data) } };
}

/** What a convolution pooled is what pooling finds in its output. */
function expectPooled({ values, index, size }: PooledValues, y: tf.Tensor4D): void {
  const scale = vector(random('pool', [y.shape[3]]).data);
  const alone = scaledMaxPool(y, scale, { size, stride: size });
  judge([values, alone.values, index, alone.index], (own, expected, places, expectedPlaces) => {
    expect([...own!], 'pooled').toEqual([...expected!]);
    expect([...places!], 'index').toEqual([...expectedPlaces!]);
  });
}

const GEOMETRIES = [
  { batch: 2, size: [7, 5], kernel: 3, stride: 1 },
  { batch: 1, size: [8, 8], kernel: 3, stride: 2 },
  { batch: 2, size: [7, 9], kernel: 3, stride: 2 },
  { batch: 3, size: [6, 6], kernel: 1, stride: 2 },
  { batch: 2, size: [5, 5], kernel: 5, stride: 3 },
  { batch: 1, size: [3, 2], kernel: 3, stride: 4 },
  { batch: 2, size: [1, 1], kernel: 3, stride: 1 },
];

const CONVOLUTIONS = GEOMETRIES.flatMap((geometry, index) =>
  INPUTS.flatMap((kind) =>
    UPSTREAMS.map((gradient) => ({ ...geometry, kind, gradient, planes: 1 + (index % 4) })),
  ),
);

describe.each(ALL_BACKENDS)('kernels of a training step on %s', (backend) => {
  beforeEach(({ skip }) => activateOrSkip(backend, whyNoWebGpu, skip));

  /** Runs a check that leaves no tensor behind but those made outside the kernels. */
  function check(title: string, run: () => void): void {
    it(title, async () => {
      const before = tf.memory().numTensors;
      tf.tidy(run);
      await judgeAll();
      expect(tf.memory().numTensors).toBe(before);
    });
  }

  // Imitated in software, WebGPU takes long: every fifth case, which meets every kernel, stride, input, gradient and K.
  const cases = backend === 'webgpu' ? CONVOLUTIONS.filter((_, index) => index % 5 === 0) : CONVOLUTIONS;

  for (const { batch, size, kernel, stride, kind, gradient, planes } of cases) {
    const title = `${batch} × ${size.join(' × ')}, kernel ${kernel}, stride ${stride}, ${kind} input, ${gradient} gradient`;

    check(`convolution, ${title}`, () => {
      const x = random('x', [batch, ...size, 3]);
      const filter = random('w', [kernel, kernel, 3, 5]);
      const norm = normOf(kind, 3);
      const values = normalized(x, norm);
      const expected = convolution(values, filter, stride);
      const { y, statistics, pooled } = normalizedConv2D(
        inputOf(x, norm),
        tensor(filter),
        stride,
        outputDemand(5),
      );
      expectEqual(y, expected, 'y');
      expectStatistics(statistics!, expected, 'y');
      expectPooled(pooled!, y);
      const { upstream, amount } = upstreamOf(expected.shape, gradient);
      const gradients = convolutionGradients(values, filter, amount, stride);
      for (const reduce of norm ? [false, true] : [false]) {
        const found = normalizedConv2DBackprop(inputOf(x, norm), tensor(filter), upstream, stride, {
          needsInput: true,
          reduce,
        });
        expectEqual(found.dFilter, gradients.dFilter, 'dFilter');
        expectInputGradient(found, x, gradients.dx, norm);
      }
    });

    check(`modulated convolution, K = ${planes}, ${title}`, () => {
      const maps = 3;
      const x = random('x', [batch, ...size, 2 * planes]);
      const chat = random('chat', [kernel, kernel, 2 * planes, maps]);
      const m = random('m', [planes, kernel, kernel], 0.5, 1.5);
      const norm = normOf(kind, 2 * planes);
      const values = normalized(x, norm);
      const filter = reconstructed(chat, m);
      const expected = convolution(values, filter, stride);
      const operands = [tensor(chat), tensor<tf.Tensor3D>(m)] as const;
      const { y, statistics, pooled } = modulatedConv2D(
        inputOf(x, norm),
        ...operands,
        stride,
        outputDemand(maps * planes),
      );
      expectEqual(y, expected, 'y');
      expectStatistics(statistics!, expected, 'y');
      expectPooled(pooled!, y);
      const { upstream, amount } = upstreamOf(expected.shape, gradient);
      const gradients = convolutionGradients(values, filter, amount, stride);
      const { dChat, dM } = factored(chat, m, gradients.dFilter);
      for (const reduce of norm ? [false, true] : [false]) {
        const demand = { needsInput: true, reduce };
        const found = modulatedConv2DBackprop(inputOf(x, norm), ...operands, upstream, stride, demand);
        expectEqual(found.dChat, dChat, 'dChat');
        expectEqual(found.dM, dM, 'dM');
        expectInputGradient(found, x, gradients.dx, norm);
      }
    });
  }

  check('convolutions that need no gradient of their input do not make one', () => {
    const x = inputOf(random('x', [2, 4, 4, 4]), null);
    const demand = { needsInput: false, reduce: false };
    const upstream = { dy: tensor(random('dy', [2, 4, 4, 4])), pooled: null, lazy: null };
    const filter = tensor(random('w', [3, 3, 4, 4]));
    expect(normalizedConv2DBackprop(x, filter, upstream, 1, demand).dx).toBeNull();
    const chat = tensor(random('chat', [3, 3, 4, 2]));
    const m = tensor<tf.Tensor3D>(random('m', [2, 3, 3]));
    expect(modulatedConv2DBackprop(x, chat, m, upstream, 1, demand).dx).toBeNull();
  });

  const POOLS = [
    { size: [6, 6], window: 2, stride: 2 },
    { size: [7, 5], window: 2, stride: 2 },
    { size: [7, 7], window: 3, stride: 2 },
    { size: [5, 4], window: 3, stride: 1 },
    { size: [5, 6], window: 1, stride: 2 },
    { size: [2, 3], window: 4, stride: 3 },
  ];

  for (const { size, window, stride } of POOLS) {
    for (const kind of INPUTS) {
      check(`max-pool: ${size.join(' × ')}, window ${window}, stride ${stride}, ${kind} input`, () => {
        const x = random('x', [2, ...size, 3]);
        const norm = normOf(kind, 3);
        const { y, places } = maxPool(normalized(x, norm && { ...norm, relu: false }), window, stride);
        const input = inputOf(x, norm);
        const pool = { size: window, stride };
        const found = scaledMaxPool(input.values, input.norm?.scale ?? null, pool);
        judge([found.values], (values) => {
          expect([...values!], 'values').toEqual([...places].map((place) => x.data[place]));
        });
        const rectified = mapChannels(y, (value) => (norm?.relu ? Math.max(0, value) : value));
        const meant = input.norm ? normalize(found.values, input.norm) : found.values;
        expectEqual(meant, rectified, 'y');
        const dy = random('dy', y.shape);
        const dx = maxUnpool(tensor(dy), found.index, pool, input.values.shape);
        expectEqual(dx, scattered(dy, places, x.shape), 'dx');
      });
    }

    check(`average pool back: ${size.join(' × ')}, window ${window}, stride ${stride}`, () => {
      const x = random('x', [2, ...size, 3]);
      const { shape } = maxPool(x, window, stride).y;
      const dy = random('dy', shape);
      const found = averagePoolBackprop(tensor(dy), tensor(x), { size: window, stride });
      expectEqual(found, averagePoolGradient(x.shape, dy, window, stride), 'dx');
    });
  }

  check('the first of equal values is the largest of a window', () => {
    const x = tf.tensor4d([1, 3, 3, 3, 2, 3, 3, 1], [1, 2, 4, 1]);
    const window = { size: 2, stride: 2 };
    for (const scale of [null, tf.tensor1d([0.5])]) {
      const { index } = scaledMaxPool(x, scale, window);
      const dx = maxUnpool(tf.tensor4d([5, 7], [1, 1, 2, 1]), index, window, x.shape);
      judge([dx], (values) => {
        expect([...values!]).toEqual([0, 5, 7, 0, 0, 0, 0, 0]);
      });
    }
  });

  for (const shape of [
    [2, 4, 4, 3],
    [1, 3, 5, 7],
    [3, 1, 1, 2],
    [1, 1, 1, 1],
  ]) {
    check(`statistics, sums and gradients of ${shape.join(' × ')}`, () => {
      const x = random('x', shape);
      expectStatistics(batchStatistics(tensor(x)), x, 'x');
      const other = random('other', shape);
      const sum = mapChannels(x, (value, _channel, at) => value + other.data[at]!);
      const added = addWithStatistics(tensor(x), tensor(other));
      expectEqual(added.y, sum, 'sum');
      expectStatistics(added.statistics, sum, 'the sum');
      for (const kind of UPSTREAMS) {
        const { upstream, amount } = upstreamOf(shape, kind);
        expectEqual(written(upstream), amount, kind);
        if (!upstream.lazy) continue;
        const all = mapChannels(amount, (value, _channel, at) => value + other.data[at]!);
        const sum = combineGradients(upstream.dy, upstream.lazy, upstream.pooled, tensor(other));
        expectEqual(sum, all, `${kind}, with another`);
      }
      for (const kind of ['normalised', 'rectified'] as const) {
        const norm = normOf(kind, shape[3]!)!;
        const input = inputOf(x, norm);
        expectEqual(normalize(input.values, input.norm!), normalized(x, norm), kind);
        const dy = random('dy', shape);
        const back = normalizeBackprop(input.values, tensor(dy), input.norm!);
        const reference = reduced(x, dy, norm);
        expectEqual(back.d, reference.d, `${kind}, d`);
        expectEqual(back.reduced.sum, reference.sum, `${kind}, sum`);
        expectEqual(back.reduced.sumX, reference.sumX, `${kind}, sumX`);
      }
    });
  }

  check('batch norm: scale, shift, gradients and running values of every channel', () => {
    const [mean, gamma, beta, sum, sumX] = ['mean', 'gamma', 'beta', 'sum', 'sumX'].map(
      (name) => random(name, [5]).data,
    ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    const variance = random('variance', [5], 0.1, 2).data;
    const count = 12;
    const statistics = { mean: vector(mean), variance: vector(variance) };
    const scale = gamma.map((value, channel) => value / Math.sqrt(variance[channel]! + 1e-5));
    const { scale: found, shift } = batchNormAffine(statistics, vector(gamma), vector(beta));
    expectEqual(found, scale, 'scale');
    expectEqual(
      shift,
      beta.map((value, channel) => value - mean[channel]! * scale[channel]!),
      'shift',
    );
    const sums = { sum: vector(sum), sumX: vector(sumX) };
    const back = batchNormGradient(statistics, vector(gamma), sums, count);
    const dGamma = sumX.map((value, channel) => value / Math.sqrt(variance[channel]! + 1e-5));
    const slope = sumX.map(
      (value, channel) => (-scale[channel]! * value) / ((variance[channel]! + 1e-5) * count),
    );
    expectEqual(back.dGamma, dGamma, 'dGamma');
    expectEqual(back.slope, slope, 'slope');
    expectEqual(
      back.offset,
      sum.map((value, channel) => (-scale[channel]! * value) / count - slope[channel]! * mean[channel]!),
      'offset',
    );
    const running = beta.map((value, channel) => 0.9 * value + 0.1 * 1.5 * mean[channel]!);
    expectEqual(runningStatistic(vector(beta), vector(mean), 0.1, 1.5), running, 'running');
  });

  check('dropout: what the draws of its key say', () => {
    const x = random('x', [3, 2, 5, 7]);
    const key = randomKey(9, 'dropout', 'layer', 4);
    const rate = 0.3;
    const draws = uniforms(key, x.data.length, 0, 1);
    const expected = mapChannels(x, (value, _channel, at) => (draws[at]! < rate ? 0 : value / (1 - rate)));
    expectEqual(dropout(tensor(x), key, rate), expected, 'y');
    const kept = expected.data.filter((value) => value !== 0).length / x.data.length;
    expect(kept).toBeGreaterThan(0.55);
    expect(kept).toBeLessThan(0.85);
  });

  check(
    'cross-entropy: loss, gradient and how many are right, the first of equal logits being the answer',
    () => {
      const logits = [2, -1, 0.5, 3, 3, 1, -40, 90, 60, 0, 0, 0];
      const labels = [0, 1, 1, 0];
      const oneHot = labels.flatMap((label) => [0, 1, 2].map((at) => (at === label ? 1 : 0)));
      const found = softmaxCrossEntropy(tf.tensor2d(logits, [4, 3]), tf.tensor2d(oneHot, [4, 3]));
      let loss = 0;
      const gradient = labels.flatMap((label, row) => {
        const powers = logits.slice(3 * row, 3 * row + 3).map((value) => Math.exp(value - 90));
        const sum = powers.reduce((total, power) => total + power);
        loss -= Math.log(powers[label]! / sum) / 4;
        return powers.map((power, at) => (power / sum - (at === label ? 1 : 0)) / 4);
      });
      expectEqual(found.loss, Float64Array.of(loss), 'loss');
      expectEqual(found.gradient, { shape: [4, 3], data: Float64Array.from(gradient) }, 'gradient');
      judge([found.correct], (correct) => {
        expect(correct![0]).toBe(3);
      });
    },
  );

  check('the filter loss adds theta times its gradients to those that it is given', () => {
    const c = tensor(random('c', [3, 3, 4, 2]));
    const chat = tensor(random('chat', [3, 3, 4, 2]));
    const m = tensor<tf.Tensor3D>(random('m', [2, 3, 3], 0.5, 1.5));
    const dC = random('dC', [3, 3, 4, 2]);
    const dM = random('dM', [2, 3, 3]);
    for (const form of ['per-plane', 'summed'] as const) {
      const own = filterLoss(c, chat, m, form);
      const both = filterLoss(c, chat, m, form, { dC: tensor(dC), dM: tensor(dM), theta: 0.01 });
      judge([both.value, own.value], (found, expected) => {
        expect(found![0]! / expected![0]!).toBeCloseTo(1, 5);
      });
      const expectSum = (found: tf.Tensor, base: Values, gradient: tf.Tensor): void => {
        judge([found, gradient], (values, own) => {
          for (const [at, value] of base.data.entries())
            expect(values![at]!).toBeCloseTo(value + 0.01 * own![at]!, 5);
        });
      };
      expectSum(both.dC, dC, own.dC);
      expectSum(both.dM, dM, own.dM);
    }
  });

  check('not a number stays one', () => {
    const norm = { scale: tf.tensor1d([1]), shift: tf.tensor1d([0]), relu: true };
    judge([normalize(tf.tensor4d([NaN, -2], [1, 1, 2, 1]), norm)], (values) => {
      expect([...values!]).toEqual([NaN, 0]);
    });
  });
});
