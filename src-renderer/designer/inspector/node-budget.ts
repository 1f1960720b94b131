import type { NetworkNode } from '@shared/network/network';
import { nodeWeights, weightSize, type NodeCost } from '@shared/network/profile';

/** What one node of a design stores, told apart as the paper counts it. All sizes in bytes. */
export interface NodeBudget {
  /** |C| of its modulated convolutions. */
  filterWeights: number;
  /** C as it is stored: bits, or float32 when the filters are not binary. */
  filterBytes: number;
  /** M-Filters and centers. */
  modulationBytes: number;
  /** C as float32. */
  filterFloatBytes: number;
  /** Kernels, biases and batch norms, as float32. */
  otherWeights: number;
  otherBytes: number;
  multiplyAdds: number;
  denseMultiplyAdds: number;
}

const FLOAT_BYTES = 4;

/** The budget of a document node, from what it was lowered to and what that costs. */
export function nodeBudget(layers: readonly NetworkNode[], origin: string, cost: NodeCost): NodeBudget {
  let filterWeights = 0;
  let centerValues = 0;
  let modulationWeights = 0;
  for (const node of layers) {
    if (node.origin !== origin || node.type !== 'mcconv') continue;
    for (const spec of nodeWeights(node)) {
      if (spec.role === 'filter') filterWeights += weightSize(spec);
      if (spec.role === 'modulation') modulationWeights += weightSize(spec);
    }
    if (node.values.binary) centerValues += node.values.centers;
  }
  const modulationBytes = (modulationWeights + centerValues) * FLOAT_BYTES;
  return {
    filterWeights,
    filterBytes: cost.filterBytes - modulationBytes,
    modulationBytes,
    filterFloatBytes: cost.filterFloatBytes,
    otherWeights: cost.weights - filterWeights - modulationWeights,
    otherBytes: cost.storedBytes - cost.filterBytes,
    multiplyAdds: cost.multiplyAdds,
    denseMultiplyAdds: cost.denseMultiplyAdds,
  };
}
