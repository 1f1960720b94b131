import { binarizeInto } from '../../binarization/assign-centers';
import { classCount, inputNode, type NetworkNode } from '../../network/network';
import { weightName } from '../../network/weight-name';
import { shapeSize, shapeText, type Shape } from '../../ops/shape';
import type { PackedModel } from '../packed-model';
import { buildLayer } from './builders';
import { planBuffers } from './plan-buffers';

/** A model that computes with nothing but typed arrays: no device, no library. */
export interface PackedRuntime {
  /** [height, width, channels] of a prepared image. */
  readonly inputShape: Shape;
  readonly classes: number;
  /**
   * Logits [count, classes] of prepared images.
   *
   * @param images [count, height, width, channels]: padded, normalised and expanded to the channels of the input; not changed
   */
  logits(images: Float32Array, count: number): Float32Array;
}

/** Weights of one layer as it computes with them: C^ where it has centers. */
function layerWeights(model: PackedModel, node: NetworkNode): (name: string) => Float32Array {
  return (name) => {
    const values = model.weights.get(weightName(node.id, name));
    if (!values) throw new Error(`The model has no weight ${weightName(node.id, name)}`);
    const centers = name === 'C' ? model.centers.get(node.id) : undefined;
    if (!centers) return values;
    const binary = new Float32Array(values.length);
    binarizeInto(values, centers, binary);
    return binary;
  };
}

/**
 * Prepares a model for use: binary filters, folded batch norm, memory for one image. Keeps references to the model's weights. Not to be
 * entered twice at the same time, because images share that memory.
 */
export function createRuntime(model: PackedModel): PackedRuntime {
  const { network } = model;
  const buffers = planBuffers(network);
  const steps = network.nodes.map((node) => ({
    compute: buildLayer(node, layerWeights(model, node)),
    inputs: node.inputs.map((id) => buffers.get(id)!),
    output: buffers.get(node.id)!,
  }));
  const inputShape = inputNode(network).shape;
  const classes = classCount(network);
  const size = shapeSize(inputShape);
  const last = steps.at(-1)!.output;

  return {
    inputShape,
    classes,
    logits(images, count) {
      if (images.length !== count * size) {
        throw new RangeError(
          `${count} images of ${shapeText(inputShape)} are ${count * size} values, not ${images.length}`,
        );
      }
      const logits = new Float32Array(count * classes);
      for (let index = 0; index < count; index++) {
        const image = [images.subarray(index * size, (index + 1) * size)];
        for (const [at, { compute, inputs, output }] of steps.entries())
          compute(at === 0 ? image : inputs, output);
        logits.set(last, index * classes);
      }
      return logits;
    },
  };
}
