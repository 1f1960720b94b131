import type { OpType } from '../ops/index';
import type { Network, NetworkNode } from './network';

/** Layers that still belong to the feature map of the convolution before them. */
const BELONGS: ReadonlySet<OpType> = new Set([
  'batchnorm',
  'relu',
  'maxpool',
  'avgpool',
  'globalavgpool',
  'padmaps',
  'add',
  'concat',
  'flatten',
]);

/**
 * The layer whose output f_m the center loss compares with the mean of its class (mcn.md, section 4): the last convolution, after all
 * that follows it without weights of a classifier: normalisation, ReLU, pooling, the sum with a shortcut, flattening. It is what the
 * first dense layer reads in the paper's networks: the flattened pooling in the MNIST nets, the global average in residual ones.
 * null when there is no convolution.
 */
export function centerFeatureNode({ nodes }: Network): NetworkNode | null {
  let node = nodes.findLast(({ type }) => type === 'mcconv' || type === 'conv') ?? null;
  for (let next = node; next;) {
    node = next;
    const readers = nodes.filter(({ inputs }) => inputs.includes(node!.id));
    next = readers.length === 1 && BELONGS.has(readers[0]!.type) ? readers[0]! : null;
  }
  return node;
}
