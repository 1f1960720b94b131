import { opDefinition } from '../ops/index';
import type { WeightSpec } from '../ops/definition';
import type { Network, NetworkNode } from './network';

/** What a layer costs. Bytes are payload of the packed file, its header left out. */
export interface NodeCost {
  /** Trained values, running statistics not counted. */
  weights: number;
  /** Those of them that are stored in a few bits: C of modulated convolutions with binary filters. */
  binaryWeights: number;
  /** |C| of modulated convolutions plus kernels of ordinary ones. */
  convWeights: number;
  /** Bytes in the packed file. */
  storedBytes: number;
  /** Bytes if C were stored as float32 and nothing else changed. */
  floatBytes: number;
  /** Bits, M-Filters and centers of modulated convolutions. */
  filterBytes: number;
  /** 4 |C| of modulated convolutions. */
  filterFloatBytes: number;
  /** Per image, forward; the cheaper of the factored and the dense form. */
  multiplyAdds: number;
  /** Per image, forward, with reconstructed filters Q. */
  denseMultiplyAdds: number;
}

export interface NodeProfile extends NodeCost {
  id: string;
  name: string;
  type: NetworkNode['type'];
  origin: string;
}

export interface Profile {
  /** Of every layer, in order. */
  nodes: readonly NodeProfile[];
  /** Summed over what a document node was lowered to. */
  byOrigin: ReadonlyMap<string, NodeCost>;
  total: NodeCost;
}

const FLOAT_BYTES = 4;

/** Bits that one weight takes with n centers: ceil(log2 n). */
export function bitsPerWeight(centers: number): number {
  return Math.ceil(Math.log2(centers));
}

/** Number of values of a weight tensor. */
export function weightSize(spec: WeightSpec): number {
  return spec.shape.reduce((product, size) => product * size, 1);
}

/** The weight tensors of a node, in the layout of the engine. */
export function nodeWeights(node: NetworkNode): WeightSpec[] {
  const input = node.inputShapes[0] ?? node.shape;
  return opDefinition(node.type).weights(input, node.shape, node.values);
}

/** Bytes of C (mcn.md, section 8): |C| ceil(log2 n) / 8, padded to whole bytes, plus n float centers; float32 if not binary. */
function filterBytesOf(node: NetworkNode, count: number): number {
  if (node.type !== 'mcconv' || !node.values.binary) return count * FLOAT_BYTES;
  return Math.ceil((count * bitsPerWeight(node.values.centers)) / 8) + node.values.centers * FLOAT_BYTES;
}

/** One object made at once: a copy of NO_COST that was added to took several times as long. */
function profileNode(node: NetworkNode): NodeProfile {
  const isBinary = node.type === 'mcconv' && node.values.binary;
  let [weights, binaryWeights, convWeights] = [0, 0, 0];
  let [storedBytes, floatBytes, filterBytes, filterFloatBytes] = [0, 0, 0, 0];
  for (const spec of nodeWeights(node)) {
    const count = weightSize(spec);
    const float = count * FLOAT_BYTES;
    const isFilter = spec.role === 'filter';
    const stored = isFilter ? filterBytesOf(node, count) : float;
    if (spec.trainable) weights += count;
    storedBytes += stored;
    floatBytes += float;
    if (isFilter || (spec.role === 'kernel' && node.type === 'conv')) convWeights += count;
    if (isFilter) filterFloatBytes += float;
    if (isFilter && isBinary) binaryWeights += count;
    if (isFilter || spec.role === 'modulation') filterBytes += stored;
  }
  const input = node.inputShapes[0] ?? node.shape;
  const work = opDefinition(node.type).multiplyAdds(input, node.shape, node.values);
  return {
    weights,
    binaryWeights,
    convWeights,
    storedBytes,
    floatBytes,
    filterBytes,
    filterFloatBytes,
    multiplyAdds: work.actual,
    denseMultiplyAdds: work.dense,
    id: node.id,
    name: node.name,
    type: node.type,
    origin: node.origin,
  };
}

const NO_COST: Readonly<NodeCost> = {
  weights: 0,
  binaryWeights: 0,
  convWeights: 0,
  storedBytes: 0,
  floatBytes: 0,
  filterBytes: 0,
  filterFloatBytes: 0,
  multiplyAdds: 0,
  denseMultiplyAdds: 0,
};

/** What two layers cost together. Written out: it runs for every layer on every edit, and objects made from lists of keys are slow. */
export function addCosts(a: NodeCost, b: NodeCost): NodeCost {
  return {
    weights: a.weights + b.weights,
    binaryWeights: a.binaryWeights + b.binaryWeights,
    convWeights: a.convWeights + b.convWeights,
    storedBytes: a.storedBytes + b.storedBytes,
    floatBytes: a.floatBytes + b.floatBytes,
    filterBytes: a.filterBytes + b.filterBytes,
    filterFloatBytes: a.filterFloatBytes + b.filterFloatBytes,
    multiplyAdds: a.multiplyAdds + b.multiplyAdds,
    denseMultiplyAdds: a.denseMultiplyAdds + b.denseMultiplyAdds,
  };
}

/** Weights, bytes and multiply-adds of a network, or of layers without one, by layer, by document node and in total. */
export function profile({ nodes: layers }: Pick<Network, 'nodes'>): Profile {
  const nodes = layers.map(profileNode);
  const byOrigin = new Map<string, NodeCost>();
  for (const node of nodes) byOrigin.set(node.origin, addCosts(byOrigin.get(node.origin) ?? NO_COST, node));
  return { nodes, byOrigin, total: nodes.reduce<NodeCost>(addCosts, NO_COST) };
}
