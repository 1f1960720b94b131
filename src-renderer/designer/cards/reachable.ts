import type { GraphDocument } from '@shared/graph/document';

/** Which way connections are followed: against them, along them, or both. */
export type Reach = 'upstream' | 'downstream' | 'connected';

/** The given nodes and all that are reached from them along connections. */
export function reachable(document: GraphDocument, from: readonly string[], reach: Reach): Set<string> {
  const next = new Map<string, string[]>();
  const lead = (a: string, b: string): void => {
    const known = next.get(a);
    if (known) known.push(b);
    else next.set(a, [b]);
  };
  for (const edge of document.edges) {
    if (reach !== 'downstream') lead(edge.to, edge.from);
    if (reach !== 'upstream') lead(edge.from, edge.to);
  }
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(next.get(id) ?? []));
  }
  return found;
}
