import { z } from 'zod';
import type { Network } from '../network/network';
import { compactNodes, type CompactNode } from '../network/restore';

/** A layer in the header: no values when it has none, no inputs when it reads the layer before it. */
export const networkTextSchema = z
  .array(
    z.strictObject({
      id: z.string().min(1),
      type: z.string(),
      name: z.string(),
      values: z.record(z.string(), z.unknown()).optional(),
      inputs: z.array(z.string()).optional(),
    }),
  )
  .max(50_000);

/** What a layer reads when the header does not say it. */
function usualInputs(nodes: readonly { id: string }[], index: number): string[] {
  return index === 0 ? [] : [nodes[index - 1]!.id];
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/** The layers of a network as JSON, in order; what goes without saying is left out to keep small models small. */
export function networkText(network: Network): string {
  const nodes = compactNodes(network);
  return JSON.stringify(
    nodes.map(({ id, type, name, values, inputs }, index) => ({
      id,
      type,
      name,
      ...(Object.keys(values).length > 0 && { values }),
      ...(!sameIds(inputs, usualInputs(nodes, index)) && { inputs }),
    })),
  );
}

/** The layers of {@link networkText}, complete again; still to be checked by restoreNetwork. */
export function completeNodes(nodes: z.infer<typeof networkTextSchema>): CompactNode[] {
  return nodes.map((node, index) => ({
    id: node.id,
    type: node.type,
    name: node.name,
    values: node.values ?? {},
    inputs: node.inputs ?? usualInputs(nodes, index),
  }));
}
