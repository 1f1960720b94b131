/** A connection between two things to be placed. */
export interface Link {
  from: string;
  to: string;
}

/** Nodes that hang together, with the connections between them, both in their order. */
export interface Component<N extends { id: string } = { id: string }> {
  nodes: N[];
  edges: Link[];
}

function neighbours(edges: readonly Link[]): Map<string, string[]> {
  const next = new Map<string, string[]>();
  const note = (from: string, to: string): void => {
    next.set(from, [...(next.get(from) ?? []), to]);
  };
  for (const { from, to } of edges) {
    note(from, to);
    note(to, from);
  }
  return next;
}

/** The connected parts of a graph, in the order of their first nodes. Connections to nodes that are not there are left out. */
export function components<N extends { id: string }>(graph: {
  nodes: readonly N[];
  edges: readonly Link[];
}): Component<N>[] {
  const known = new Set(graph.nodes.map((node) => node.id));
  const edges = graph.edges.filter((edge) => known.has(edge.from) && known.has(edge.to));
  const next = neighbours(edges);
  const partOf = new Map<string, Component<N>>();
  const parts: Component<N>[] = [];
  for (const start of graph.nodes) {
    if (partOf.has(start.id)) continue;
    const part: Component<N> = { nodes: [], edges: [] };
    parts.push(part);
    const open = [start.id];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (partOf.has(id)) continue;
      partOf.set(id, part);
      open.push(...(next.get(id) ?? []));
    }
  }
  for (const node of graph.nodes) partOf.get(node.id)!.nodes.push(node);
  for (const edge of edges) partOf.get(edge.from)!.edges.push(edge);
  return parts;
}

/** The ids of a component from first to last when each node follows one other, or null when it branches, merges or loops. */
export function chainOrder({ nodes, edges }: Component): string[] | null {
  const next = new Map(edges.map((edge) => [edge.from, edge.to]));
  const reached = new Set(edges.map((edge) => edge.to));
  const start = nodes.find((node) => !reached.has(node.id));
  if (!start || next.size !== edges.length || reached.size !== edges.length) return null;
  const order: string[] = [];
  for (let id: string | undefined = start.id; id !== undefined; id = next.get(id)) order.push(id);
  return order.length === nodes.length ? order : null;
}
