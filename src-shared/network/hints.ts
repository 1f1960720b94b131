import type { Problem } from '../problem';
import { mcconvNodes, type Network } from './network';
import { formatBytes } from '../words/format-bytes';
import type { Profile } from './profile';

/** Share of the file from which one float layer makes binary filters pointless. */
const LARGE_SHARE = 0.5;

/** Whether a layer reads a picture laid out value by value. */
function isFlattened({ nodes }: Network, id: string): boolean {
  const [source] = nodes.find((node) => node.id === id)!.inputs;
  return nodes.find((node) => node.id === source)?.type === 'flatten';
}

/** Advice on a sound network: what spoils its size. `node` is a document node. */
export function hints(network: Network, profile: Profile): Problem[] {
  const found: Problem[] = [];
  const total = profile.total.storedBytes;
  const worst = profile.nodes.reduce((a, b) => (b.storedBytes > a.storedBytes ? b : a));
  const modulated = mcconvNodes(network).length > 0;
  if (modulated && worst.type === 'dense' && worst.storedBytes > LARGE_SHARE * total) {
    found.push({
      code: 'dense-dominates',
      message: `${worst.name} holds ${formatBytes(worst.storedBytes)} of ${formatBytes(total)}: binary filters save little here.`,
      fix: isFlattened(network, worst.id)
        ? 'Put GlobalAvgPool in front of it instead of Flatten, or make it narrower.'
        : 'Make it narrower, or the convolutions wider: what those hold is stored in bits.',
      node: worst.origin,
      severity: 'hint',
    });
  }
  for (const node of mcconvNodes(network)) {
    // The copies that a group makes of a layer are told once.
    const told = found.some(({ code, node: other }) => code === 'kernel-one' && other === node.origin);
    if (node.values.kernel > 1 || told) continue;
    found.push({
      code: 'kernel-one',
      message: `${node.name} has a 1×1 kernel: its M-Filter is one number per plane and modulates nothing.`,
      fix: 'Use a 3×3 kernel, or an ordinary Conv.',
      node: node.origin,
      severity: 'hint',
    });
  }
  return found;
}
