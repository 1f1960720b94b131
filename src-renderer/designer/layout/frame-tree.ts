import type { GraphNode } from '@shared/graph/document';
import { cardBounds, frameAround, type Bounds } from './card-size';
import type { Position } from '@shared/graph/document';

/** How frames and cards lie in one another: a node that others name as their parent is a frame. */
export interface FrameTree {
  isFrame(id: string): boolean;
  /** What lies directly in a frame, or at the top (null). */
  children(frame: string | null): readonly GraphNode[];
  /** The frames around a node, the outermost first. */
  around(id: string): readonly string[];
}

/** The frames of a shown design (shown-design.ts), whose parents are sound. */
export function frameTree(nodes: readonly GraphNode[]): FrameTree {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent ?? null]));
  const children = new Map<string | null, GraphNode[]>();
  for (const node of nodes) {
    const parent = node.parent ?? null;
    const list = children.get(parent);
    if (list) list.push(node);
    else children.set(parent, [node]);
  }
  function around(id: string): string[] {
    const parent = parents.get(id) ?? null;
    return parent === null ? [] : [...around(parent), parent];
  }
  return { isFrame: (id) => children.has(id), children: (frame) => children.get(frame) ?? [], around };
}

/** The rectangles of all frames around the cards that lie in them, the outer ones first. */
export function frameBounds(
  nodes: readonly GraphNode[],
  places: ReadonlyMap<string, Position>,
): Map<string, Bounds> {
  const tree = frameTree(nodes);
  const bounds = new Map<string, Bounds>();
  function boundsOf({ id }: GraphNode): Bounds {
    if (!tree.isFrame(id)) return cardBounds(places.get(id)!);
    const own = frameAround(tree.children(id).map(boundsOf));
    bounds.set(id, own);
    return own;
  }
  for (const node of tree.children(null)) boundsOf(node);
  return new Map([...bounds].reverse());
}
