import type { GraphDocument } from '@shared/graph/document';
import { layersOf } from '@shared/graph/groups';

/**
 * The layers of a design in the order in which data flows through them: each behind all that it reads, a branch to its end before the
 * next one begins. Layers on or behind a loop come last, in document order.
 */
export function flowOrder(document: GraphDocument): string[] {
  const layers = layersOf(document).map(({ id }) => id);
  const waiting = new Map(layers.map((id) => [id, 0]));
  const next = new Map<string, string[]>();
  for (const { from, to } of document.edges) {
    if (!waiting.has(from) || !waiting.has(to)) continue;
    waiting.set(to, waiting.get(to)! + 1);
    const targets = next.get(from);
    if (targets) targets.push(to);
    else next.set(from, [to]);
  }
  const order = new Set<string>();
  // The last one in is the first one out, so that a branch goes on before another begins.
  const ready = layers.filter((id) => waiting.get(id) === 0).reverse();
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    order.add(id);
    for (const target of (next.get(id) ?? []).toReversed()) {
      const left = waiting.get(target)! - 1;
      waiting.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  return [...order, ...layers.filter((id) => !order.has(id))];
}
