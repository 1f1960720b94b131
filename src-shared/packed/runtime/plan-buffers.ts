import type { Network } from '../../network/network';
import { shapeSize } from '../../ops/shape';

/** Index of the last node that reads each node. */
function lastReaders(network: Network): Map<string, number> {
  return new Map(network.nodes.flatMap((node, index) => node.inputs.map((id) => [id, index] as const)));
}

/**
 * One buffer for the output of every node, for one image. Outputs that are never needed at the same time share memory, so that a deep
 * network takes little more than its widest place.
 */
export function planBuffers(network: Network): Map<string, Float32Array> {
  const readers = lastReaders(network);
  const slots: number[] = [];
  const free: number[] = [];
  const slotOf = new Map<string, number>();
  for (const [index, node] of network.nodes.entries()) {
    const size = shapeSize(node.shape);
    const slot = free.pop() ?? slots.push(0) - 1;
    slots[slot] = Math.max(slots[slot]!, size);
    slotOf.set(node.id, slot);
    // Only now: no layer may write over what it reads.
    for (const id of new Set(node.inputs)) {
      if (readers.get(id) === index) free.push(slotOf.get(id)!);
    }
  }
  const memory = slots.map((size) => new Float32Array(size));
  return new Map(
    network.nodes.map((node) => [node.id, memory[slotOf.get(node.id)!]!.subarray(0, shapeSize(node.shape))]),
  );
}
