import { BATCH_NORM_EPSILON } from '../../ops/batch-norm';
import type { LayerBuilder, LayerFunction } from './layer';

/** Batch norm with the running statistics, folded to one multiplication and one addition per value. */
export const buildBatchNorm: LayerBuilder<'batchnorm'> = (node, weight) => {
  const channels = node.shape[2];
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map(weight) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const scale = new Float64Array(channels);
  const shift = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    scale[channel] = gamma[channel]! / Math.sqrt(variance[channel]! + BATCH_NORM_EPSILON);
    shift[channel] = beta[channel]! - mean[channel]! * scale[channel]!;
  }
  return ([x], output) => {
    for (let at = 0; at < output.length;) {
      for (let channel = 0; channel < channels; channel++, at++) {
        output[at] = x![at]! * scale[channel]! + shift[channel]!;
      }
    }
  };
};

/** max(x, 0). */
export const buildRelu: LayerBuilder<'relu'> =
  () =>
  ([x], output) => {
    for (let at = 0; at < output.length; at++) output[at] = Math.max(x![at]!, 0);
  };

const copy: LayerFunction = ([x], output) => {
  output.set(x!);
};

/** Layers that change nothing when nothing is trained; flatten only renames what lies in order already. */
export const buildCopy: LayerBuilder<'input' | 'output' | 'dropout' | 'flatten'> = () => copy;

/** Sum of all inputs. */
export const buildAdd: LayerBuilder<'add'> = () => (inputs, output) => {
  output.set(inputs[0]!);
  for (const x of inputs.slice(1)) {
    for (let at = 0; at < output.length; at++) output[at]! += x[at]!;
  }
};

/** Copies the channels of one tensor behind channel `first` of another. */
function placeChannels(x: Float32Array, channels: number, output: Float32Array, all: number, first: number) {
  for (let from = 0, to = first; from < x.length; from += channels, to += all) {
    for (let channel = 0; channel < channels; channel++) output[to + channel] = x[from + channel]!;
  }
}

/** Channels of all inputs behind one another. */
export const buildConcat: LayerBuilder<'concat'> = (node) => (inputs, output) => {
  let first = 0;
  for (const [index, x] of inputs.entries()) {
    const channels = node.inputShapes[index]![2];
    placeChannels(x, channels, output, node.shape[2], first);
    first += channels;
  }
};

/** Zero maps behind those that are there. */
export const buildPadMaps: LayerBuilder<'padmaps'> =
  (node) =>
  ([x], output) => {
    output.fill(0);
    placeChannels(x!, node.inputShapes[0]![2], output, node.shape[2], 0);
  };
