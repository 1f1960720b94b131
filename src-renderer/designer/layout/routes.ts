import { dequal } from 'dequal/lite';
import type { GraphDocument, GraphEdge, Position } from '@shared/graph/document';
import { flowOf, type Flow } from '@shared/graph/flow';
import { BoundsIndex } from './bounds-index';
import { cardBounds, FRAME_BAR, type Bounds } from './card-size';
import { frameTree, type FrameTree } from './frame-tree';
import { routeEdge, type Route, type Surroundings } from './route-edge';

/** A connection with its way around the cards. */
export interface RoutedEdge extends Route {
  id: string;
  from: string;
  to: string;
}

/** Where cards and frames are. */
export interface Places {
  cards: ReadonlyMap<string, Position>;
  frames: ReadonlyMap<string, Bounds>;
}

class Surrounding {
  /** By the frames around both ends what is foreign to a line there. */
  readonly #foreign = new Map<string, BoundsIndex>();

  constructor(
    readonly places: Places,
    readonly tree: FrameTree,
  ) {}

  #foreignTo(own: ReadonlySet<string>): BoundsIndex {
    const key = JSON.stringify([...own]);
    let foreign = this.#foreign.get(key);
    if (!foreign) {
      const all = [...this.places.frames].map(([id, bounds]) => {
        return own.has(id) ? { ...bounds, bottom: bounds.top + FRAME_BAR } : bounds;
      });
      foreign = new BoundsIndex(all);
      this.#foreign.set(key, foreign);
    }
    return foreign;
  }

  /** What the frames around its ends mean for a connection; null without frames. */
  of({ from, to }: Pick<GraphEdge, 'from' | 'to'>): Surroundings | null {
    const { cards, frames } = this.places;
    if (frames.size === 0) return null;
    const around = { from: this.tree.around(from), to: this.tree.around(to) };
    const boundsOf = (end: 'from' | 'to', other: 'from' | 'to', id: string): Bounds => {
      const frame = around[end].find((candidate) => !around[other].includes(candidate));
      return frame === undefined ? cardBounds(cards.get(id)!) : frames.get(frame)!;
    };
    const own = new Set([...around.from, ...around.to]);
    return {
      from: boundsOf('from', 'to', from),
      to: boundsOf('to', 'from', to),
      foreign: this.#foreignTo(own),
    };
  }
}

/** Draws the connections of a shown design around its cards; of connections with one id the first. */
export function routeAll({ nodes, edges, ...design }: GraphDocument, places: Places): RoutedEdge[] {
  const obstacles = new BoundsIndex([...places.cards.values()].map(cardBounds));
  const surrounding = new Surrounding(places, frameTree(nodes));
  const flow = flowOf(design);
  const seen = new Set<string>();
  return edges.flatMap((edge): RoutedEdge[] => {
    const { id, from, to } = edge;
    const start = places.cards.get(from);
    const end = places.cards.get(to);
    if (!start || !end || seen.has(id)) return [];
    seen.add(id);
    return [{ id, from, to, ...routeEdge(start, end, obstacles, surrounding.of(edge), flow) }];
  });
}

function samePoint(a: Position, b: Position): boolean {
  return a.x === b.x && a.y === b.y;
}

function sameRoute(a: RoutedEdge, b: RoutedEdge): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.points.length === b.points.length &&
    a.points.every((point, index) => samePoint(point, b.points[index]!)) &&
    samePoint(a.label, b.label)
  );
}

/** The new routes, with the old ones in the place of those that are the same, so that only lines that changed are drawn anew. */
export function keepRoutes(before: readonly RoutedEdge[], after: readonly RoutedEdge[]): RoutedEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  return after.map((edge) => {
    const old = known.get(edge.id);
    return old && sameRoute(old, edge) ? old : edge;
  });
}

function shifted(route: RoutedEdge, by: Position): RoutedEdge {
  const points = route.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
  const { label } = route;
  return { ...route, points, label: { ...label, x: label.x + by.x, y: label.y + by.y } };
}

/**
 * The lines while some cards are being moved: a line between two cards that moved together moves with them, others at a card or in a frame
 * that moved are drawn anew, and all else stay the same objects. What a line passes by on its way is looked at again when the cards have
 * come to rest. Made once for a movement; `moved` are the cards that may be elsewhere.
 */
export class MovingRoutes {
  readonly #tree: FrameTree;
  readonly #flow: Flow;
  /** The cards that stay where they are. */
  readonly #still: BoundsIndex;

  constructor(
    design: GraphDocument,
    readonly before: { places: Places; routes: readonly RoutedEdge[] },
    readonly moved: ReadonlySet<string>,
  ) {
    this.#tree = frameTree(design.nodes);
    this.#flow = flowOf(design);
    const still = [...before.places.cards].filter(([id]) => !moved.has(id));
    this.#still = new BoundsIndex(still.map(([, place]) => cardBounds(place)));
  }

  /** How far each moved card is from where it was. */
  #shifts({ cards }: Places): Map<string, Position> {
    const all = new Map<string, Position>();
    for (const id of this.moved) {
      const [old, place] = [this.before.places.cards.get(id), cards.get(id)];
      if (old && place) all.set(id, { x: place.x - old.x, y: place.y - old.y });
    }
    return all;
  }

  /** The frames that are not as they were. */
  #framesApart({ frames }: Places): Set<string> {
    const old = this.before.places.frames;
    const apart = [...frames].filter(([id, bounds]) => !dequal(old.get(id), bounds));
    return new Set(apart.map(([id]) => id));
  }

  /** The lines with the cards and frames where they are now. */
  at(places: Places): RoutedEdge[] {
    const shifts = this.#shifts(places);
    const frames = this.#framesApart(places);
    const hasMoved = (id: string): boolean =>
      shifts.has(id) || (frames.size > 0 && this.#tree.around(id).some((frame) => frames.has(frame)));
    const near = new BoundsIndex([...shifts.keys()].map((id) => cardBounds(places.cards.get(id)!)));
    const obstacles = {
      overlaps: (bounds: Bounds): boolean => this.#still.overlaps(bounds) || near.overlaps(bounds),
    };
    const surrounding = new Surrounding(places, this.#tree);
    return this.before.routes.map((line) => {
      const { id, from, to } = line;
      const [a, b] = [shifts.get(from), shifts.get(to)];
      if (a && b && a.x === b.x && a.y === b.y) return shifted(line, a);
      if (!hasMoved(from) && !hasMoved(to)) return line;
      const [start, end] = [places.cards.get(from)!, places.cards.get(to)!];
      return { id, from, to, ...routeEdge(start, end, obstacles, surrounding.of(line), this.#flow) };
    });
  }
}
