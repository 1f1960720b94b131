import type { GraphDocument, GraphNode, Position } from '@shared/graph/document';
import { flowOf, type Flow } from '@shared/graph/flow';
import { boxBounds, cardBox, extentOf, type Box } from './box';
import { FRAME_INSETS } from './card-size';
import { chainOrder, components, type Link } from './components';
import { SPACINGS, type Spacing, turned, turnedBoxes, turnedPlaces, turnedSize } from './flow';
import { frameTree, type FrameTree } from './frame-tree';
import { layered } from './layered';
import { wrapChain } from './wrap-chain';
import { wrapLayers } from './wrap-layers';

interface Size {
  width: number;
  height: number;
}

/** Connections as each frame sees them: between what lies directly in it. */
type LinksByFrame = ReadonlyMap<string | null, readonly Link[]>;

function linksByFrame(document: GraphDocument, tree: FrameTree): LinksByFrame {
  const links = new Map<string | null, Link[]>();
  const joined = new Set<string>();
  const known = new Set(document.nodes.map(({ id }) => id));
  for (const edge of document.edges) {
    if (!known.has(edge.from) || !known.has(edge.to)) continue;
    const from = [...tree.around(edge.from), edge.from];
    const to = [...tree.around(edge.to), edge.to];
    const depth = from.findIndex((id, index) => id !== to[index]);
    const level = depth < 0 ? from.length - 1 : depth;
    const link = { from: from[level]!, to: to[level]! };
    const isLifted = link.from !== edge.from || link.to !== edge.to;
    const pair = JSON.stringify([link.from, link.to]);
    // Several lines between the same frames count as one.
    if (isLifted && joined.has(pair)) continue;
    joined.add(pair);
    const frame = from[level - 1] ?? null;
    const own = links.get(frame);
    if (own) own.push(link);
    else links.set(frame, [link]);
  }
  return links;
}

/** Boxes in rows from left to right, each part that hangs together below the one before. */
function placeRows(
  boxes: readonly Box[],
  edges: readonly Link[],
  free: Size,
  spacing: Spacing,
): Map<string, Position> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const places = new Map<string, Position>();
  let top = 0;
  for (const part of components({ nodes: boxes, edges })) {
    const order = chainOrder(part);
    const own = order
      ? wrapChain(
          order.map((id) => byId.get(id)!),
          free,
          spacing,
        )
      : wrapLayers(part, layered(part, spacing), free, spacing);
    for (const [id, { x, y }] of own) places.set(id, { x, y: y + top });
    top += extentOf(part.nodes, own).bottom + spacing.row;
  }
  return places;
}

/** Boxes without frames inside them, in rows, or for a design that runs down in columns. */
function placeBoxes(
  boxes: readonly Box[],
  edges: readonly Link[],
  free: Size,
  flow: Flow,
): Map<string, Position> {
  const rows = placeRows(turnedBoxes(boxes, flow), edges, turnedSize(free, flow), SPACINGS[flow]);
  return turnedPlaces(rows, flow);
}

/** A frame with what is in it laid out, relative to its top left corner. */
interface Laid {
  box: Box;
  cards: Map<string, Position>;
}

class Layout {
  /** Cards and frames into which a line leads from outside of them. */
  readonly #entered: ReadonlySet<string>;

  constructor(
    readonly tree: FrameTree,
    readonly links: LinksByFrame,
    readonly free: Size,
    readonly flow: Flow,
    document: GraphDocument,
  ) {
    this.#entered = new Set(
      document.edges.flatMap(({ from, to }) => {
        const around = [...tree.around(from), from];
        return [...tree.around(to), to].filter((id, depth) => id !== around[depth]);
      }),
    );
  }

  #unit(node: GraphNode): Laid {
    if (!this.tree.isFrame(node.id)) {
      return { box: cardBox(node.id, this.flow), cards: new Map([[node.id, { x: 0, y: 0 }]]) };
    }
    const { units, places } = this.contents(node.id);
    const { right, bottom } = extentOf(
      units.map(({ box }) => box),
      places,
    );
    const entry = units.find(({ box }) => this.#entered.has(box.id))?.box;
    const { side, top } = FRAME_INSETS;
    const size = { width: right + 2 * side, height: top + bottom + FRAME_INSETS.bottom };
    const inset = turned({ x: side, y: top }, this.flow).y;
    const inlet = entry
      ? inset + turned(places.get(entry.id)!, this.flow).y + entry.inlet
      : turnedSize(size, this.flow).height / 2;
    const box = { id: node.id, ...size, inlet, isFrame: true };
    return { box, cards: spread(units, places, { x: side, y: top }) };
  }

  /** What lies directly in a frame, and where; the top left corner of all is 0, 0. */
  contents(frame: string | null): { units: Laid[]; places: Map<string, Position> } {
    const units = this.tree.children(frame).map((node) => this.#unit(node));
    const boxes = units.map(({ box }) => box);
    const places = placeBoxes(boxes, this.links.get(frame) ?? [], this.free, this.flow);
    return { units, places };
  }
}

function spread(
  units: readonly Laid[],
  places: ReadonlyMap<string, Position>,
  by: Position,
): Map<string, Position> {
  const cards = new Map<string, Position>();
  for (const { box, cards: own } of units) {
    const { left, top } = boxBounds(box, places.get(box.id)!);
    for (const [id, { x, y }] of own) cards.set(id, { x: x + left + by.x, y: y + top + by.y });
  }
  return cards;
}

/**
 * A place for every card, as if none had been moved by hand: chains wrap in rows that suit the free area of the
 * canvas (CSS pixels), everything else stands in layers, and parts that do not hang together lie below each other; in a design that runs
 * down, columns stand for rows. What lies in a frame is laid out by itself, and the frame is placed as one. Depends on ids, connections,
 * frames and the flow only.
 */
export function autoLayout(document: GraphDocument, free: Size): Map<string, Position> {
  const tree = frameTree(document.nodes);
  const layout = new Layout(tree, linksByFrame(document, tree), free, flowOf(document), document);
  const { units, places } = layout.contents(null);
  return spread(units, places, { x: 0, y: 0 });
}
