import type { Network, NetworkNode } from '@shared/network/network';
import { nodeWeights } from '@shared/network/profile';

/** What the rest of the network means for one layer. */
export interface LayerPlan {
  /** Connections that read its output. */
  readers: number;
  /** Whether a batch norm reads its output and needs the statistics of it. */
  statistics: boolean;
  /** The max-pooling that alone reads its output, through a batch norm (and a ReLU), with windows side by side. */
  pooling: Readonly<{ size: number; batchNorm: string }> | null;
  /** Whether it or a layer before it has something to learn. */
  learns: boolean;
  inputs: readonly InputPlan[];
}

export interface InputPlan {
  /** Whether its gradient is needed. */
  gradient: boolean;
  /** Whether nobody else reads it, so that its gradient is complete and can be reduced on the spot. */
  sole: boolean;
}

/** The only reader of a layer; undefined where there are several or none. */
function soleReader({ id }: NetworkNode, nodes: readonly NetworkNode[]): NetworkNode | undefined {
  const [reader, ...others] = nodes.filter(({ inputs }) => inputs.includes(id));
  return others.length === 0 ? reader : undefined;
}

function poolingBehind(node: NetworkNode, nodes: readonly NetworkNode[]): LayerPlan['pooling'] {
  if (node.type !== 'mcconv' && node.type !== 'conv') return null;
  const batchNorm = soleReader(node, nodes);
  if (batchNorm?.type !== 'batchnorm') return null;
  const next = soleReader(batchNorm, nodes);
  const pool = next?.type === 'relu' ? soleReader(next, nodes) : next;
  if (pool?.type !== 'maxpool' || pool.values.size !== pool.values.stride) return null;
  return { size: pool.values.size, batchNorm: batchNorm.id };
}

/** Plans of all layers, by id. */
export function planLayers({ nodes }: Network): ReadonlyMap<string, LayerPlan> {
  const readers = new Map<string, number>();
  const normalized = new Set<string>();
  for (const { type, inputs } of nodes) {
    for (const id of inputs) {
      readers.set(id, (readers.get(id) ?? 0) + 1);
      if (type === 'batchnorm') normalized.add(id);
    }
  }
  const plans = new Map<string, LayerPlan>();
  for (const node of nodes) {
    const inputs = node.inputs.map((id) => ({
      gradient: plans.get(id)!.learns,
      sole: readers.get(id) === 1,
    }));
    plans.set(node.id, {
      readers: readers.get(node.id) ?? 0,
      statistics: normalized.has(node.id),
      pooling: poolingBehind(node, nodes),
      learns: inputs.some(({ gradient }) => gradient) || nodeWeights(node).some(({ trainable }) => trainable),
      inputs,
    });
  }
  return plans;
}
