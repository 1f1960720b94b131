import { samePadding } from '@shared/ops/same-padding';

/** A row-major array with its shape; all arithmetic of the reference is in double. */
export interface Values {
  shape: readonly number[];
  data: Float64Array;
}

export function zeros(shape: readonly number[]): Values {
  return { shape, data: new Float64Array(shape.reduce((product, axis) => product * axis, 1)) };
}

/** Value and channel by channel: made from every value of x. */
export function mapChannels(
  x: Values,
  value: (value: number, channel: number, at: number) => number,
): Values {
  const channels = x.shape.at(-1)!;
  return { shape: x.shape, data: x.data.map((each, at) => value(each, at % channels, at)) };
}

export interface ReferenceNorm {
  scale: Float64Array;
  shift: Float64Array;
  center: Float64Array;
  relu: boolean;
}

/** act(scale x + shift) */
export function normalized(x: Values, norm: ReferenceNorm | null): Values {
  if (!norm) return x;
  return mapChannels(x, (value, channel) => {
    const y = norm.scale[channel]! * value + norm.shift[channel]!;
    return norm.relu ? Math.max(0, y) : y;
  });
}

/** Sum of a function of every value, per channel. */
export function channelSums(
  x: Values,
  value: (value: number, channel: number, at: number) => number,
): Float64Array {
  const sums = new Float64Array(x.shape.at(-1)!);
  for (const [at, each] of x.data.entries()) {
    const channel = at % sums.length;
    sums[channel]! += value(each, channel, at);
  }
  return sums;
}

/** Mean and biased variance per channel. */
export function channelStatistics(x: Values): { mean: Float64Array; variance: Float64Array } {
  const rows = x.data.length / x.shape.at(-1)!;
  const mean = channelSums(x, (value) => value / rows);
  return { mean, variance: channelSums(x, (value, channel) => (value - mean[channel]!) ** 2 / rows) };
}

/** Gradient to scale x + shift from the one to act(scale x + shift), and its sums. */
export function reduced(
  x: Values,
  dy: Values,
  norm: ReferenceNorm,
): { d: Values; sum: Float64Array; sumX: Float64Array } {
  const d = mapChannels(dy, (value, channel, at) => {
    const passes = norm.scale[channel]! * x.data[at]! + norm.shift[channel]! > 0;
    return !norm.relu || passes ? value : 0;
  });
  return {
    d,
    sum: channelSums(d, (value) => value),
    sumX: channelSums(d, (value, channel, at) => value * (x.data[at]! - norm.center[channel]!)),
  };
}

/** Every pair of an output position and a position of its window inside the image. */
function* windows([batch, height, width]: readonly number[], size: number, stride: number) {
  const rows = samePadding(height!, size, stride);
  const columns = samePadding(width!, size, stride);
  for (let image = 0; image < batch!; image++) {
    for (let row = 0; row < rows.out; row++) {
      for (let column = 0; column < columns.out; column++) {
        for (let y = 0; y < size; y++) {
          for (let x = 0; x < size; x++) {
            const top = row * stride + y - rows.before;
            const left = column * stride + x - columns.before;
            if (top < 0 || left < 0 || top >= height! || left >= width!) continue;
            yield {
              out: (image * rows.out + row) * columns.out + column,
              input: (image * height! + top) * width! + left,
              tap: y * size + x,
            };
          }
        }
      }
    }
  }
}

function outputShape(
  [batch, height, width]: readonly number[],
  size: number,
  stride: number,
  channels: number,
) {
  return [batch!, samePadding(height!, size, stride).out, samePadding(width!, size, stride).out, channels];
}

/** y = conv(x, filter), SAME padding; filter [W, W, channels, outputs]. */
export function convolution(x: Values, filter: Values, stride: number): Values {
  const [size, , channels, outputs] = filter.shape as [number, number, number, number];
  const y = zeros(outputShape(x.shape, size, stride, outputs));
  for (const { out, input, tap } of windows(x.shape, size, stride)) {
    for (let from = 0; from < channels; from++) {
      for (let to = 0; to < outputs; to++) {
        y.data[out * outputs + to]! +=
          x.data[input * channels + from]! * filter.data[(tap * channels + from) * outputs + to]!;
      }
    }
  }
  return y;
}

export function convolutionGradients(
  x: Values,
  filter: Values,
  dy: Values,
  stride: number,
): { dx: Values; dFilter: Values } {
  const [size, , channels, outputs] = filter.shape as [number, number, number, number];
  const dx = zeros(x.shape);
  const dFilter = zeros(filter.shape);
  for (const { out, input, tap } of windows(x.shape, size, stride)) {
    for (let from = 0; from < channels; from++) {
      for (let to = 0; to < outputs; to++) {
        const weight = (tap * channels + from) * outputs + to;
        const upstream = dy.data[out * outputs + to]!;
        dx.data[input * channels + from]! += upstream * filter.data[weight]!;
        dFilter.data[weight]! += upstream * x.data[input * channels + from]!;
      }
    }
  }
  return { dx, dFilter };
}

/** Q of Eq. 4 and 5 as an ordinary filter; C^ [W, W, G K, H], M [K, W, W]. */
export function reconstructed(chat: Values, m: Values): Values {
  const [size, , channels, maps] = chat.shape as [number, number, number, number];
  const planes = m.shape[0]!;
  const q = zeros([size, size, channels, maps * planes]);
  eachProduct(chat, m, (filter, modulation, at) => {
    q.data[at] = chat.data[filter]! * m.data[modulation]!;
  });
  return q;
}

/** Gradients of C^ and M from that of Q. */
export function factored(chat: Values, m: Values, dQ: Values): { dChat: Values; dM: Values } {
  const dChat = zeros(chat.shape);
  const dM = zeros(m.shape);
  eachProduct(chat, m, (filter, modulation, at) => {
    dChat.data[filter]! += dQ.data[at]! * m.data[modulation]!;
    dM.data[modulation]! += dQ.data[at]! * chat.data[filter]!;
  });
  return { dChat, dM };
}

/** Every value of Q with the values of C^ and M that it is made of. */
function eachProduct(
  chat: Values,
  m: Values,
  visit: (filter: number, modulation: number, at: number) => void,
): void {
  const [size, , channels, maps] = chat.shape as [number, number, number, number];
  const planes = m.shape[0]!;
  for (let tap = 0; tap < size * size; tap++) {
    for (let from = 0; from < channels; from++) {
      for (let map = 0; map < maps; map++) {
        for (let plane = 0; plane < planes; plane++) {
          const row = tap * channels + from;
          visit(row * maps + map, plane * size * size + tap, (row * maps + map) * planes + plane);
        }
      }
    }
  }
}

/** Largest value of each window, and the place of the first one of them in the input. */
export function maxPool(x: Values, size: number, stride: number): { y: Values; places: Int32Array } {
  const channels = x.shape.at(-1)!;
  const y = zeros(outputShape(x.shape, size, stride, channels));
  const places = new Int32Array(y.data.length).fill(-1);
  for (const { out, input } of windows(x.shape, size, stride)) {
    for (let channel = 0; channel < channels; channel++) {
      const to = out * channels + channel;
      const from = input * channels + channel;
      if (places[to] !== -1 && x.data[from]! <= y.data[to]!) continue;
      y.data[to] = x.data[from]!;
      places[to] = from;
    }
  }
  return { y, places };
}

/** Gradient of the mean over the part of each window inside the image. */
export function averagePoolGradient(
  shape: readonly number[],
  dy: Values,
  size: number,
  stride: number,
): Values {
  const dx = zeros(shape);
  const channels = shape.at(-1)!;
  const counts = new Map<number, number>();
  for (const { out } of windows(shape, size, stride)) counts.set(out, (counts.get(out) ?? 0) + 1);
  for (const { out, input } of windows(shape, size, stride)) {
    for (let channel = 0; channel < channels; channel++)
      dx.data[input * channels + channel]! += dy.data[out * channels + channel]! / counts.get(out)!;
  }
  return dx;
}
