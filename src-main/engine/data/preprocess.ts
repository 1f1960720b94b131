import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { inputChannels, type Color } from '@shared/datasets/input-channels';
import type { Placement } from './augmentation';
import type { Split } from './split';

/** What stands beside R, G and B when an RGB image gets a fourth channel. */
export type ExtraChannel = 'gray' | 'r' | 'g' | 'b';

/** How stored images become the input of a network. */
export interface InputSpec {
  /** Size after padding. */
  readonly height: number;
  readonly width: number;
  /** Channels of the network's input: inputChannels(color, planes). */
  readonly channels: number;
  /** K. */
  readonly planes: number;
  readonly color: Color;
  /** Read only for RGB images and K = 4. */
  readonly extra: ExtraChannel;
  /** Of the data set, one for each of its channels, pixels from 0 to 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Values of the network's input node that matter here. */
export type InputValues = Pick<InputSpec, 'height' | 'width' | 'planes' | 'color' | 'extra'>;

/** The specification for a network's input on a data set; checkFits says beforehand whether they fit. */
export function inputSpec(values: InputValues, dataset: Pick<DatasetDescription, 'mean' | 'std'>): InputSpec {
  const { height, width, planes, color, extra } = values;
  const channels = inputChannels(color, planes);
  return { height, width, channels, planes, color, extra, mean: dataset.mean, std: dataset.std };
}

/** Weights of R, G and B in gray (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114] as const;

/** (v / 255 - mean) / std for the 256 values v of each stored channel. */
function normalisedValues(spec: InputSpec): Float32Array[] {
  return spec.mean.map((mean, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / spec.std[channel]!),
  );
}

/**
 * Per stored channel its share in normalised gray, so that gray = share[0][r] + share[1][g] + share[2][b]: the weighted
 * sum of R, G and B less its mean, over the weighted sum of their deviations (that of gray if the three moved as one).
 */
function grayShares(spec: InputSpec): Float32Array[] {
  const deviation = LUMA.reduce((sum, weight, channel) => sum + weight * spec.std[channel]!, 0);
  return LUMA.map((weight, channel) =>
    Float32Array.from(
      { length: 256 },
      (_, value) => (weight * (value / 255 - spec.mean[channel]!)) / deviation,
    ),
  );
}

const RGB_CHANNEL = { r: 0, g: 1, b: 2 } as const;

/** For each input channel the stored channel it shows; null where it shows gray made of all three. */
function sources(spec: InputSpec): (number | null)[] {
  if (spec.color === 'gray') return Array.from({ length: spec.channels }, () => 0);
  if (spec.planes === 4) return [0, 1, 2, spec.extra === 'gray' ? null : RGB_CHANNEL[spec.extra]];
  return Array.from({ length: spec.channels }, (_, channel) => channel % 3);
}

function checkShapes(split: Split, indices: ArrayLike<number>, target: Float32Array, spec: InputSpec): void {
  const stored = spec.color === 'gray' ? 1 : 3;
  if (split.channels !== stored || spec.mean.length !== stored || spec.std.length !== stored) {
    throw new Error(`Input ${spec.color} on images of ${split.channels} channels`);
  }
  if (spec.channels !== inputChannels(spec.color, spec.planes))
    throw new Error(`Input of ${spec.channels} channels`);
  if (spec.height < split.height || spec.width < split.width) {
    throw new Error(`Input ${spec.height}x${spec.width} on images of ${split.height}x${split.width}`);
  }
  const size = indices.length * spec.height * spec.width * spec.channels;
  if (target.length !== size) throw new Error(`A batch of ${size} numbers into a buffer of ${target.length}`);
}

/** What one channel of the input shows: a stored channel through its table, or gray (`table` null) made of all three. */
interface ChannelPlan {
  readonly source: number;
  readonly table: Float32Array | null;
  /** A raw zero, normalised. */
  readonly border: number;
}

function channelPlans(spec: InputSpec, shares: readonly Float32Array[]): ChannelPlan[] {
  const values = normalisedValues(spec);
  return sources(spec).map((source) => {
    if (source === null)
      return { source: 0, table: null, border: shares.reduce((sum, share) => sum + share[0]!, 0) };
    return { source, table: values[source]!, border: values[source]![0]! };
  });
}

/** In the middle, an odd rest below and right, and not mirrored. */
const MIDDLE: Placement = { down: 0, right: 0, mirrored: false };

/**
 * Writes the records `indices` of a split to `target`, [indices.length, height, width, channels], as the network reads
 * them: padded with raw zeros all around (an odd rest below and right), normalised to (pixel / 255 - mean) / std, and
 * expanded to the input's channels. Gray is copied K times; RGB becomes RGB + X for K = 4, else it is repeated
 * cyclically. Overwrites all of `target`, which stays the caller's.
 *
 * @param placements one for each index: moves the padded image, raw zeros following, and mirrors it; null: none does
 * @throws Error when shapes disagree; RangeError for a record that the split does not have.
 */
export function fillBatch(
  split: Split,
  indices: ArrayLike<number>,
  target: Float32Array,
  spec: InputSpec,
  placements: readonly Placement[] | null = null,
): void {
  checkShapes(split, indices, target, spec);
  const { height, width, channels: stored, images } = split;
  const shares = stored === 3 ? grayShares(spec) : [];
  const [red, green, blue] = shares;
  const plans = channelPlans(spec, shares);
  const size = spec.height * spec.width * spec.channels;

  for (let item = 0; item < indices.length; item++) {
    const record = indices[item]!;
    if (!(record >= 0 && record < split.count)) throw new RangeError(`There is no record ${record}`);
    const { down, right, mirrored } = placements?.[item] ?? MIDDLE;
    const top = Math.floor((spec.height - height) / 2) + down;
    const left = Math.floor((spec.width - width) / 2) + right;
    const [firstRow, lastRow] = [Math.max(0, -top), Math.min(height, spec.height - top)];
    const [firstColumn, lastColumn] = [Math.max(0, -left), Math.min(width, spec.width - left)];
    const covered = (lastRow - firstRow) * (lastColumn - firstColumn) === spec.height * spec.width;
    const begin = left + firstColumn;
    const step = mirrored ? -spec.channels : spec.channels;
    for (const [channel, { source, table, border }] of plans.entries()) {
      const start = item * size + channel;
      if (!covered) for (let at = start; at < (item + 1) * size; at += spec.channels) target[at] = border;
      for (let row = firstRow; row < lastRow; row++) {
        let read = ((record * height + row) * width + firstColumn) * stored + source;
        let write =
          start + ((top + row) * spec.width + (mirrored ? spec.width - 1 - begin : begin)) * spec.channels;
        if (table) {
          for (let column = firstColumn; column < lastColumn; column++) {
            target[write] = table[images[read]!]!;
            read += stored;
            write += step;
          }
        } else {
          for (let column = firstColumn; column < lastColumn; column++) {
            target[write] = red![images[read]!]! + green![images[read + 1]!]! + blue![images[read + 2]!]!;
            read += stored;
            write += step;
          }
        }
      }
    }
  }
}
