import type { GraphDocument, GraphEdge, GraphNode } from '../graph/document';
import { nodeKind } from '../blocks/node-kinds';
import { isGroup, layersOf } from '../graph/groups';
import type { Problem } from '../problem';

/** The document's connections, checked and indexed. Groups are left out. */
export interface Wiring {
  /** Nodes in topological order, and in document order as far as that allows; without those on a cycle. */
  order: readonly GraphNode[];
  /** Incoming edges by node, in document order. */
  incoming: ReadonlyMap<string, readonly GraphEdge[]>;
  /** Those that join two layers, in document order. */
  edges: readonly GraphEdge[];
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

/** Connections that begin or end at a group. */
function atGroups(document: GraphDocument): Problem[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return document.edges.flatMap((edge) => {
    const ends = [nodes.get(edge.from), nodes.get(edge.to)];
    const group = ends.find((node) => node && isGroup(node));
    if (!group || ends.includes(undefined)) return [];
    return {
      code: 'edge-group',
      message: `Connection "${edge.id}" ends at ${group.name}, a group; connections lead to the layers inside.`,
      fix: 'Remove the connection, and connect a layer of the group.',
      node: edge.to,
    };
  });
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

/** Puts an index into an ascending list, at its place. */
function insertAscending(list: number[], value: number): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, value);
}

function topologicalOrder(
  nodes: readonly GraphNode[],
  incoming: ReadonlyMap<string, readonly GraphEdge[]>,
): GraphNode[] {
  const waiting = new Map(nodes.map((node) => [node.id, incoming.get(node.id)?.length ?? 0]));
  const next = new Map<string, string[]>();
  for (const edges of incoming.values()) {
    for (const { from, to } of edges) {
      const targets = next.get(from);
      if (targets) targets.push(to);
      else next.set(from, [to]);
    }
  }
  const places = new Map(nodes.map((node, index) => [node.id, index]));
  const ready = nodes.flatMap((node, index) => (waiting.get(node.id) === 0 ? [index] : []));
  const order: GraphNode[] = [];
  for (let index = ready.shift(); index !== undefined; index = ready.shift()) {
    const node = nodes[index]!;
    order.push(node);
    for (const target of next.get(node.id) ?? []) {
      const left = waiting.get(target)! - 1;
      waiting.set(target, left);
      if (left === 0) insertAscending(ready, places.get(target)!);
    }
  }
  return order;
}

/** Checks ids, connections and ports, and sorts the nodes so that each comes behind what it reads. */
export function wire(document: GraphDocument): Wiring {
  const problems = [...duplicates(document), ...dangling(document), ...atGroups(document)];
  const nodes = layersOf(document);
  const incoming = new Map<string, GraphEdge[]>(nodes.map((node) => [node.id, []]));
  const edges = document.edges.filter(({ from, to }) => incoming.has(from) && incoming.has(to));
  for (const edge of edges) incoming.get(edge.to)!.push(edge);
  for (const node of nodes) problems.push(...portProblems(node, incoming.get(node.id)!));
  const order = topologicalOrder(nodes, incoming);
  if (order.length < incoming.size) {
    const sorted = new Set(order.map((node) => node.id));
    const stuck = nodes.filter((node) => !sorted.has(node.id));
    problems.push({
      code: 'cycle',
      message: `${stuck.map((node) => node.name).join(', ')} lie on or behind a loop of connections.`,
      fix: 'Remove a connection that leads back.',
      node: stuck[0]!.id,
    });
  }
  return { order, incoming, edges, problems };
}
