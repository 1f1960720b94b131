import { BATCHES_AHEAD } from '../training/batches-ahead';
import { SLOT_COUNTS } from '../training/optimizer-defaults';
import type { OptimizerName } from '../training/optimizer-fields';
import { inputNode, type Network, type NetworkNode } from './network';
import { nodeWeights, weightSize } from './profile';

/** Bytes that training takes on a device that keeps no more than gradients need. */
export interface MemoryNeed {
  /** Weights, their gradients, optimizer slots and binarized filters; independent of the batch. */
  weights: number;
  /** Outputs that the backward pass needs, and the gradients on their way, at the worst moment of a step. */
  activations: number;
  /** Batches made ahead, as the network reads them; in the program's memory, not on the device. */
  waiting: number;
}

const FLOAT_BYTES = 4;

/** Copies of each weight at the worst moment, besides the slots: itself, its gradient, C^, and as much again after the update. */
const WEIGHT_COPIES = 4;

function outputSize({ shape }: NetworkNode): number {
  return shape[0] * shape[1] * shape[2];
}

function inputSize({ inputShapes }: NetworkNode): number {
  return inputShapes.reduce((sum, [height, width, channels]) => sum + height * width * channels, 0);
}

/** Floats per image that a layer makes and keeps for the backward pass. Batch norm and ReLU are applied by whoever reads them. */
function keptSize(node: NetworkNode): number {
  switch (node.type) {
    case 'batchnorm':
    case 'relu':
    case 'output':
      return 0;
    case 'maxpool':
      // A byte of index beside each value.
      return outputSize(node) * 1.25;
    case 'dropout':
      return 2 * outputSize(node);
    case 'dense':
      return outputSize(node) + inputSize(node);
    case 'input':
    case 'mcconv':
    case 'conv':
    case 'avgpool':
    case 'globalavgpool':
    case 'padmaps':
    case 'add':
    case 'concat':
    case 'flatten':
      return outputSize(node);
  }
}

/** Whether the gradient of a layer's input is the one of its output, or is computed in its place. */
function passesGradient(node: NetworkNode): boolean {
  switch (node.type) {
    case 'relu':
    case 'output':
    case 'flatten':
    case 'batchnorm':
      return true;
    case 'maxpool':
      // Windows side by side: spread out by whoever reads it.
      return node.values.size === node.values.stride;
    default:
      return false;
  }
}

/** Floats per image at the worst moment of a step: everything that is kept, less what the way back has freed, and gradients. */
function peakSize({ nodes }: Network): number {
  let kept = nodes.reduce((sum, node) => sum + keptSize(node), 0);
  let peak = kept;
  const gradients = new Map<string, number>();
  for (const node of [...nodes].reverse()) {
    const own = gradients.get(node.id) ?? outputSize(node);
    const passes = passesGradient(node);
    gradients.delete(node.id);
    for (const [port, id] of node.inputs.entries()) {
      const [height, width, channels] = node.inputShapes[port]!;
      gradients.set(id, passes ? own : height * width * channels);
    }
    const alive = [...gradients.values()].reduce((sum, size) => sum + size, passes ? 0 : own);
    peak = Math.max(peak, kept + alive);
    kept -= keptSize(node);
  }
  return peak;
}

/** What one training step of a network takes with a batch of so many images and the slots of a method. */
export function memoryNeed(network: Network, batch: number, optimizer: OptimizerName): MemoryNeed {
  const weights = network.nodes
    .flatMap((node) => nodeWeights(node))
    .reduce((sum, spec) => sum + weightSize(spec), 0);
  return {
    weights: weights * (WEIGHT_COPIES + SLOT_COUNTS[optimizer]) * FLOAT_BYTES,
    activations: peakSize(network) * batch * FLOAT_BYTES,
    waiting: BATCHES_AHEAD * outputSize(inputNode(network)) * batch * FLOAT_BYTES,
  };
}
