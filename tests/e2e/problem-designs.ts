import type { FieldValue } from '@shared/fields/field';
import { emptyDocument, type GraphDocument, type GraphNode } from '@shared/graph/document';

/** A node of a small design; its name is its id with a capital. */
type Layer = readonly [
  id: string,
  type: string,
  fields?: Readonly<Record<string, FieldValue>>,
  more?: Partial<GraphNode>,
];

/** A design of some nodes and connections "a-b" into the input "in". */
export function design(layers: readonly Layer[], edges: readonly string[]): GraphDocument {
  return {
    ...emptyDocument(),
    nodes: layers.map(([id, type, fields = {}, more]) => {
      return { id, type, name: id.charAt(0).toUpperCase() + id.slice(1), fields, ...more };
    }),
    edges: edges.map((id) => {
      const [from, to] = id.split('-') as [string, string];
      return { id, from, to, port: 'in' };
    }),
  };
}

/** Images of 8 × 8 pixels, K = 4. */
const START: Layer = ['start', 'input', { height: 8, width: 8 }];
const HEAD: readonly Layer[] = [
  ['pool', 'globalavgpool'],
  ['dense', 'dense'],
  ['end', 'output'],
];

/** The layers between Start and the head, with their connections, and those of the head behind the last one. */
export function between(layers: readonly Layer[], edges: readonly string[], last: string): GraphDocument {
  return design([START, ...layers, ...HEAD], [...edges, `${last}-pool`, 'pool-dense', 'dense-end']);
}

/** Two layers in a row. */
export const CHAIN = between(
  [
    ['first', 'mcconv', { maps: 4 }],
    ['second', 'mcconv', { maps: 4 }],
  ],
  ['start-first', 'first-second'],
  'second',
);

/** A layer with a shortcut around it. */
export const SHORTCUT = between(
  [
    ['first', 'mcconv', { maps: 4 }],
    ['second', 'mcconv', { maps: 4 }],
    ['sum', 'add'],
  ],
  ['start-first', 'first-second', 'second-sum', 'first-sum'],
  'sum',
);

/** Two branches that meet. */
export const BRANCHES = between(
  [
    ['left', 'mcconv', { maps: 4 }],
    ['right', 'mcconv', { maps: 8 }],
    ['both', 'concat'],
  ],
  ['start-left', 'start-right', 'left-both', 'right-both'],
  'both',
);

/** One layer of some type behind another. */
export function behind(
  type: string,
  fields: Readonly<Record<string, FieldValue>>,
  first: Layer = ['first', 'mcconv', { maps: 4 }],
): GraphDocument {
  return between([first, ['second', type, fields]], [`start-first`, 'first-second'], 'second');
}

/** A chain with other nodes in the place of those of the same id, or beside them. */
export function withNodes(document: GraphDocument, nodes: readonly GraphNode[]): GraphDocument {
  const others = nodes.filter(({ id }) => !document.nodes.some((node) => node.id === id));
  const own = document.nodes.map((node) => nodes.find(({ id }) => id === node.id) ?? node);
  return { ...document, nodes: [...others, ...own] };
}

/** The node of an id with some changes. */
export function changed(document: GraphDocument, id: string, changes: Partial<GraphNode>): GraphDocument {
  const nodes = document.nodes.map((node) => (node.id === id ? { ...node, ...changes } : node));
  return { ...document, nodes };
}

/** An open group. */
export function group(id: string, changes: Partial<GraphNode> = {}): GraphNode {
  return {
    id,
    type: 'group',
    name: id.charAt(0).toUpperCase() + id.slice(1),
    fields: {},
    open: true,
    ...changes,
  };
}
