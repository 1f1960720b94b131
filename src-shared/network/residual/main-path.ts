import type { GraphDocument, GraphEdge, GraphNode } from '../../graph/document';
import { wire } from '../wiring';

/** A layer that every way from Input to Output passes. */
export interface PathStep {
  node: GraphNode;
  /** Layers of the branches that part at the step before and meet here; empty where one connection leads on. */
  between: readonly GraphNode[];
}

/** The way that everything takes through a design, and what each layer reads. */
export interface MainPath {
  steps: readonly PathStep[];
  incoming: ReadonlyMap<string, readonly GraphEdge[]>;
}

/** Layers from which Output can be reached. */
function leading(incoming: MainPath['incoming'], output: GraphNode | undefined): Set<string> {
  const found = new Set<string>();
  const open = output ? [output.id] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(incoming.get(id) ?? []).map(({ from }) => from));
  }
  return found;
}

/**
 * The main path of a design that lowers without errors, groups taken as what is drawn in them once. A layer is on it when, in topological
 * order, all connections that are still open lead into that layer: then there is no way past it.
 */
export function mainPath(document: GraphDocument): MainPath {
  const { order, incoming } = wire(document);
  const used = leading(
    incoming,
    order.find(({ type }) => type === 'output'),
  );
  const readers = new Map<string, number>();
  for (const id of used) {
    for (const { from } of incoming.get(id)!) readers.set(from, (readers.get(from) ?? 0) + 1);
  }
  const steps: PathStep[] = [];
  let between: GraphNode[] = [];
  let open = 0;
  for (const node of order.filter(({ id }) => used.has(id))) {
    const arriving = incoming.get(node.id)!.length;
    if (open === arriving) {
      steps.push({ node, between });
      between = [];
    } else between.push(node);
    open += (readers.get(node.id) ?? 0) - arriving;
  }
  return { steps, incoming };
}
