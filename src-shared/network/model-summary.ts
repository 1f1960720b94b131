import { opDefinition } from '../ops/index';
import type { Role } from '../ops/definition';
import type { Shape } from '../ops/shape';
import type { Network, NetworkNode } from './network';
import { bitsPerWeight, profile } from './profile';

/** One layer in the summary of a model. */
export interface SummaryRow {
  id: string;
  name: string;
  /** Name of its type for people. */
  layer: string;
  role: Role;
  shape: Shape;
  /** Weights stored in a few bits, and in how many; 0 where there are none. */
  binaryWeights: number;
  bits: number;
  /** Trained values stored as float32: M-Filters, kernels, biases, batch norm. */
  floatWeights: number;
  /** Payload in the packed file. */
  bytes: number;
  /** Per image, forward: the cheaper form, and with reconstructed filters Q. */
  multiplyAdds: number;
  denseMultiplyAdds: number;
}

/** A model layer by layer, and its sums. */
export interface ModelSummary {
  rows: readonly SummaryRow[];
  binaryWeights: number;
  floatWeights: number;
  bytes: number;
  /** Bytes if every weight were float32. */
  floatBytes: number;
  multiplyAdds: number;
  denseMultiplyAdds: number;
}

/** Bits of each weight that is stored in a few; 0 for a layer without such. */
function bitsOf(node: NetworkNode): number {
  return node.type === 'mcconv' && node.values.binary ? bitsPerWeight(node.values.centers) : 0;
}

/** What a network is made of, as the tables of papers and of Keras show it: one row a layer in the order of computation, and the sums. */
export function modelSummary(network: Network): ModelSummary {
  const { nodes, total } = profile(network);
  const rows = network.nodes.map((node, index): SummaryRow => {
    const cost = nodes[index]!;
    const op = opDefinition(node.type);
    return {
      id: node.id,
      name: node.name,
      layer: op.label,
      role: op.role(node.values),
      shape: node.shape,
      binaryWeights: cost.binaryWeights,
      bits: bitsOf(node),
      floatWeights: cost.weights - cost.binaryWeights,
      bytes: cost.storedBytes,
      multiplyAdds: cost.multiplyAdds,
      denseMultiplyAdds: cost.denseMultiplyAdds,
    };
  });
  return {
    rows,
    binaryWeights: total.binaryWeights,
    floatWeights: total.weights - total.binaryWeights,
    bytes: total.storedBytes,
    floatBytes: total.floatBytes,
    multiplyAdds: total.multiplyAdds,
    denseMultiplyAdds: total.denseMultiplyAdds,
  };
}
