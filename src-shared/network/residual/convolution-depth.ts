import type { Network } from '../network';

/** Convolutions on the longest way through a network, so that those of shortcuts do not count. */
export function convolutionDepth(network: Network): number {
  const depths = new Map<string, number>();
  for (const { id, type, inputs } of network.nodes) {
    const before = Math.max(0, ...inputs.map((input) => depths.get(input) ?? 0));
    depths.set(id, before + (type === 'mcconv' || type === 'conv' ? 1 : 0));
  }
  return Math.max(...depths.values());
}
