import type { GraphDocument, GraphEdge, GraphNode } from '../graph/document';
import { nodeKind } from '../blocks/node-kinds';
import type { Problem } from '../problem';

/** The document's connections, checked and indexed. */
export interface Wiring {
  /** Nodes in topological order; without those on a cycle. */
  order: readonly GraphNode[];
  /** Incoming edges by node, in document order. */
  incoming: ReadonlyMap<string, readonly GraphEdge[]>;
  problems: Problem[];
}

function duplicates(document: GraphDocument): Problem[] {
  const problems: Problem[] = [];
  const ids = new Set<string>();
  const names = new Set<string>();
  for (const node of document.nodes) {
    if (ids.has(node.id)) {
      problems.push({
        code: 'duplicate-id',
        message: `Two nodes have the id "${node.id}".`,
        fix: 'Give one of them another id.',
        node: node.id,
      });
    }
    if (names.has(node.name)) {
      problems.push({
        code: 'duplicate-name',
        message: `Two nodes are named "${node.name}".`,
        fix: 'Rename one of them.',
        node: node.id,
        severity: 'warning',
      });
    }
    ids.add(node.id);
    names.add(node.name);
  }
  return problems;
}

function dangling(document: GraphDocument): Problem[] {
  const ids = new Set(document.nodes.map((node) => node.id));
  return document.edges
    .filter((edge) => !ids.has(edge.from) || !ids.has(edge.to))
    .map((edge) => ({
      code: 'edge-dangling',
      message: `Connection "${edge.id}" leads from "${edge.from}" to "${edge.to}", one of which does not exist.`,
      fix: 'Remove the connection.',
    }));
}

/** Ports that have too few or too many edges, and edges into ports that do not exist. */
function portProblems(node: GraphNode, edges: readonly GraphEdge[]): Problem[] {
  const kind = nodeKind(node.type);
  if (!kind) return [];
  const problems: Problem[] = [];
  for (const port of kind.inputs) {
    const count = edges.filter((edge) => edge.port === port.name).length;
    const least = port.many ? 2 : 1;
    if (count < least) {
      problems.push({
        code: 'port-empty',
        message: `${node.name} needs ${port.many ? 'two or more inputs' : 'an input'}, but has ${count === 0 ? 'none' : count}.`,
        fix: 'Connect the output of a layer to it.',
        node: node.id,
        port: port.name,
      });
    } else if (!port.many && count > 1) {
      problems.push({
        code: 'port-full',
        message: `${node.name} takes one input, but ${count} connections arrive.`,
        fix: 'Merge them with Add or Concat first.',
        node: node.id,
        port: port.name,
      });
    }
  }
  for (const edge of edges) {
    if (kind.inputs.some((port) => port.name === edge.port)) continue;
    problems.push({
      code: 'port-unknown',
      message: `${node.name} (${kind.label}) has no input "${edge.port}".`,
      fix: kind.inputs.length === 0 ? 'Remove the connection.' : `Use "${kind.inputs[0]!.name}".`,
      node: node.id,
      port: edge.port,
    });
  }
  return problems;
}

function topologicalOrder(
  document: GraphDocument,
  incoming: ReadonlyMap<string, readonly GraphEdge[]>,
): GraphNode[] {
  const waiting = new Map(document.nodes.map((node) => [node.id, incoming.get(node.id)?.length ?? 0]));
  const next = new Map<string, string[]>();
  for (const edges of incoming.values()) {
    for (const edge of edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  }
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  const ready = document.nodes.filter((node) => waiting.get(node.id) === 0);
  const order: GraphNode[] = [];
  for (let node = ready.shift(); node; node = ready.shift()) {
    order.push(node);
    for (const target of next.get(node.id) ?? []) {
      const left = waiting.get(target)! - 1;
      waiting.set(target, left);
      if (left === 0) ready.push(byId.get(target)!);
    }
  }
  return order;
}

/** Checks ids, connections and ports, and sorts the nodes so that each comes behind what it reads. */
export function wire(document: GraphDocument): Wiring {
  const problems = [...duplicates(document), ...dangling(document)];
  const ids = new Set(document.nodes.map((node) => node.id));
  const incoming = new Map<string, GraphEdge[]>(document.nodes.map((node) => [node.id, []]));
  for (const edge of document.edges) {
    if (ids.has(edge.from) && ids.has(edge.to)) incoming.get(edge.to)!.push(edge);
  }
  for (const node of document.nodes) problems.push(...portProblems(node, incoming.get(node.id)!));
  const order = topologicalOrder(document, incoming);
  if (order.length < ids.size) {
    const sorted = new Set(order.map((node) => node.id));
    const stuck = document.nodes.filter((node) => !sorted.has(node.id));
    problems.push({
      code: 'cycle',
      message: `${stuck.map((node) => node.name).join(', ')} lie on or behind a loop of connections.`,
      fix: 'Remove a connection that leads back.',
      node: stuck[0]!.id,
    });
  }
  return { order, incoming, problems };
}
