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

/** Storage of C (mcn.md, section 8): |C| ceil(log2 n) / 8 bytes, padded to whole bytes, plus n float centers; float32 if not binary. */
function filterStorage(node: NetworkNode, count: number): { stored: number; float: number } {
  const float = count * FLOAT_BYTES;
  if (node.type !== 'mcconv' || !node.values.binary) return { stored: float, float };
  const bits = Math.ceil((count * bitsPerWeight(node.values.centers)) / 8);
  return { stored: bits + node.values.centers * FLOAT_BYTES, float };
}

function profileNode(node: NetworkNode): NodeProfile {
  const cost = { ...NO_COST };
  for (const spec of nodeWeights(node)) {
    const count = weightSize(spec);
    const storage =
      spec.role === 'filter'
        ? filterStorage(node, count)
        : { stored: count * FLOAT_BYTES, float: count * FLOAT_BYTES };
    if (spec.trainable) cost.weights += count;
    cost.storedBytes += storage.stored;
    cost.floatBytes += storage.float;
    if (spec.role === 'filter' || (spec.role === 'kernel' && node.type === 'conv')) cost.convWeights += count;
    if (spec.role === 'filter') cost.filterFloatBytes += storage.float;
    if (spec.role === 'filter' && node.type === 'mcconv' && node.values.binary) cost.binaryWeights += count;
    if (spec.role === 'filter' || spec.role === 'modulation') cost.filterBytes += storage.stored;
  }
  const input = node.inputShapes[0] ?? node.shape;
  const work = opDefinition(node.type).multiplyAdds(input, node.shape, node.values);
  const { id, name, type, origin } = node;
  return { ...cost, multiplyAdds: work.actual, denseMultiplyAdds: work.dense, id, name, type, origin };
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

/** Weights, bytes and multiply-adds of a network, by layer, by document node and in total. */
export function profile(network: Network): Profile {
  const nodes = network.nodes.map(profileNode);
  const byOrigin = new Map<string, NodeCost>();
  for (const node of nodes) byOrigin.set(node.origin, addCosts(byOrigin.get(node.origin) ?? NO_COST, node));
  return { nodes, byOrigin, total: nodes.reduce<NodeCost>(addCosts, NO_COST) };
}
