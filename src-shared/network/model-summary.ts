import { opDefinition } from '../ops/index';
import type { Role } from '../ops/definition';
import type { Shape } from '../ops/shape';
import type { Network, NetworkNode } from './network';
import { bitsPerWeight, nodeWeights, profile, weightSize } from './profile';

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

/** Weights of a layer that are stored in a few bits: C of a modulated convolution with binary filters. */
function binaryPart(node: NetworkNode): Pick<SummaryRow, 'binaryWeights' | 'bits'> {
  if (node.type !== 'mcconv' || !node.values.binary) return { binaryWeights: 0, bits: 0 };
  const filters = nodeWeights(node).filter((spec) => spec.role === 'filter');
  return {
    binaryWeights: filters.reduce((sum, spec) => sum + weightSize(spec), 0),
    bits: bitsPerWeight(node.values.centers),
  };
}

/** What a network is made of, as the tables of papers and of Keras show it: one row a layer in the order of computation, and the sums. */
export function modelSummary(network: Network): ModelSummary {
  const { nodes, total } = profile(network);
  const rows = network.nodes.map((node, index): SummaryRow => {
    const cost = nodes[index]!;
    const op = opDefinition(node.type);
    const binary = binaryPart(node);
    return {
      id: node.id,
      name: node.name,
      layer: op.label,
      role: op.role(node.values),
      shape: node.shape,
      ...binary,
      floatWeights: cost.weights - binary.binaryWeights,
      bytes: cost.storedBytes,
      multiplyAdds: cost.multiplyAdds,
      denseMultiplyAdds: cost.denseMultiplyAdds,
    };
  });
  const binaryWeights = rows.reduce((sum, row) => sum + row.binaryWeights, 0);
  return {
    rows,
    binaryWeights,
    floatWeights: total.weights - binaryWeights,
    bytes: total.storedBytes,
    floatBytes: total.floatBytes,
    multiplyAdds: total.multiplyAdds,
    denseMultiplyAdds: total.denseMultiplyAdds,
  };
}
