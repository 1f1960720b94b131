import type { Network, NetworkNode, NetworkNodeOf } from '../network/network';
import { bitsPerWeight, nodeWeights, weightSize } from '../network/profile';
import { weightName } from '../network/weight-name';
import type { WeightSpec } from '../ops/definition';
import { packedBytes } from './bits';
import { fileShape } from './layout';
import type { LedgerKind } from './ledger';

/** Bytes of a value by dtype; packed models use no other. */
export const DTYPE_BYTES = { F32: 4, U8: 1 } as const;
export type Dtype = keyof typeof DTYPE_BYTES;

interface TensorBase {
  /** Name in the file. */
  name: string;
  /** Name of the weight it stores, wholly or in part. */
  weight: string;
  spec: WeightSpec;
  dtype: Dtype;
  shape: readonly number[];
  kind: LedgerKind;
  bytes: number;
  /** Bytes in a file that keeps C as float32. */
  floatBytes: number;
}

/** One tensor of a packed file: a weight as float32, or the bits or the centers of a binary C. */
export type PackedTensor =
  | (TensorBase & { part: 'values'; node: NetworkNode })
  | (TensorBase & { part: 'bits' | 'centers'; node: NetworkNodeOf<'mcconv'> });

/** The kinds of the ledger by role; kernels and biases belong to their layer. */
function ledgerKind(node: NetworkNode, role: WeightSpec['role']): LedgerKind {
  switch (role) {
    case 'filter':
      return 'float-filter';
    case 'modulation':
      return 'm-filter';
    case 'scale':
    case 'shift':
    case 'statistic':
      return 'batch-norm';
    case 'kernel':
    case 'bias':
      return node.type === 'conv' ? 'conv' : 'dense';
  }
}

function floatTensor(node: NetworkNode, spec: WeightSpec): PackedTensor {
  const name = weightName(node.id, spec.name);
  const bytes = weightSize(spec) * DTYPE_BYTES.F32;
  const kind = ledgerKind(node, spec.role);
  const shape = fileShape(node, spec);
  return {
    part: 'values',
    node,
    spec,
    name,
    weight: name,
    dtype: 'F32',
    shape,
    kind,
    bytes,
    floatBytes: bytes,
  };
}

/** Bits and centers of C^ (mcn.md, section 8). */
function binaryTensors(node: NetworkNodeOf<'mcconv'>, spec: WeightSpec): PackedTensor[] {
  const weight = weightName(node.id, spec.name);
  const n = node.values.centers;
  const count = weightSize(spec);
  const bytes = packedBytes(count, bitsPerWeight(n));
  const shared = { node, spec, weight };
  return [
    {
      ...shared,
      part: 'centers',
      name: `${weight}.centers`,
      dtype: 'F32',
      shape: [n],
      kind: 'centers',
      bytes: n * DTYPE_BYTES.F32,
      floatBytes: 0,
    },
    {
      ...shared,
      part: 'bits',
      name: `${weight}.bits`,
      dtype: 'U8',
      shape: [bytes],
      kind: 'bits',
      bytes,
      floatBytes: count * DTYPE_BYTES.F32,
    },
  ];
}

/** The tensors that a packed file holds for one layer. */
export function nodeTensors(node: NetworkNode): PackedTensor[] {
  return nodeWeights(node).flatMap((spec) =>
    node.type === 'mcconv' && node.values.binary && spec.role === 'filter'
      ? binaryTensors(node, spec)
      : [floatTensor(node, spec)],
  );
}

/** The tensors that the file of a network holds, neither more nor less, layer by layer. */
export function packedTensors(network: Network): PackedTensor[] {
  return network.nodes.flatMap(nodeTensors);
}
