import type { GraphNode, Position } from '@shared/graph/document';
import { boundsOverlap, cardBounds, frameAround, type Bounds } from './card-size';
import { frameBounds, frameTree, type FrameTree } from './frame-tree';
import { freeCorner } from './free-place';

/** A card, or a frame with what is in it, on its way to its place. */
interface Unit {
  bounds: Bounds;
  /** A person put it, or something in it, where it is. */
  fixed: boolean;
  /** Cards in it. */
  places: Map<string, Position>;
  /** Frames in it, itself included: where their corners are while nothing in them was moved. */
  anchors: Map<string, Position>;
}

/** Where everything is. */
export interface Placed {
  /** Top left corners of all cards. */
  places: Map<string, Position>;
  /** Where the corner of each frame would be had nothing in it been moved: the position to keep it by. */
  anchors: Map<string, Position>;
}

function shifted({ x, y }: Position, by: Position): Position {
  return { x: x + by.x, y: y + by.y };
}

function shiftAll(positions: ReadonlyMap<string, Position>, by: Position): Map<string, Position> {
  return new Map([...positions].map(([id, position]) => [id, shifted(position, by)]));
}

function isFrame(unit: Unit): boolean {
  return unit.anchors.size > 0;
}

function covers(others: readonly Unit[], { bounds }: Unit): boolean {
  return others.some((other) => boundsOverlap(bounds, other.bounds));
}

/** Those that stay where they are, and those that give way, the ones that go first for a place first. */
function sorted(units: readonly Unit[]): { stay: Set<Unit>; giveWay: Unit[] } {
  const stay = new Set<Unit>();
  const giveWay: Unit[] = [];
  const take = (some: readonly Unit[], before: () => readonly Unit[]): void => {
    for (const unit of some) {
      if (covers(before(), unit)) giveWay.push(unit);
      else stay.add(unit);
    }
  };
  const fixed = units.filter((unit) => unit.fixed);
  take(fixed.filter(isFrame), () => [...stay]);
  const frames = [...stay];
  take(
    fixed.filter((unit) => !isFrame(unit)),
    () => frames,
  );
  const settled = [...stay];
  take(
    units.filter((unit) => !unit.fixed),
    () => settled,
  );
  return { stay, giveWay };
}

/**
 * Units side by side. Those that nobody moved give way to those that somebody did, by as little as it takes; cards also where a frame was
 * put over them, and frames to the ones before them, for what lies under a frame would look as if it were in it.
 */
function settle(units: readonly Unit[]): Unit[] {
  if (!units.some((unit) => unit.fixed)) return [...units];
  const { stay, giveWay } = sorted(units);
  const taken = [...stay].map(({ bounds }) => bounds);
  const moved = new Map<Unit, Unit>();
  for (const unit of giveWay) {
    const corner = freeCorner(unit.bounds, taken);
    const by = { x: corner.x - unit.bounds.left, y: corner.y - unit.bounds.top };
    const { left, top, right, bottom } = unit.bounds;
    const bounds = { left: left + by.x, top: top + by.y, right: right + by.x, bottom: bottom + by.y };
    taken.push(bounds);
    moved.set(unit, {
      ...unit,
      bounds,
      places: shiftAll(unit.places, by),
      anchors: shiftAll(unit.anchors, by),
    });
  }
  return units.map((unit) => moved.get(unit) ?? unit);
}

/** The rectangle around them, and all that they hold. */
function together(units: readonly Unit[]): Placed {
  return {
    places: new Map(units.flatMap((unit) => [...unit.places])),
    anchors: new Map(units.flatMap((unit) => [...unit.anchors])),
  };
}

class Placing {
  readonly #frames: ReadonlyMap<string, Bounds>;

  constructor(
    nodes: readonly GraphNode[],
    readonly tree: FrameTree,
    readonly layout: ReadonlyMap<string, Position>,
  ) {
    this.#frames = frameBounds(nodes, layout);
  }

  /** What lies directly in a frame, moved against the layout by `by` as far as nobody moved it. */
  contents(frame: string | null, by: Position): Unit[] {
    return settle(this.tree.children(frame).map((node) => this.#unit(node, by)));
  }

  #unit(node: GraphNode, by: Position): Unit {
    const { id, position } = node;
    if (!this.tree.isFrame(id)) {
      const place = position ?? shifted(this.layout.get(id)!, by);
      const fixed = position !== undefined;
      return { bounds: cardBounds(place), fixed, places: new Map([[id, place]]), anchors: new Map() };
    }
    const { left, top } = this.#frames.get(id)!;
    const anchor = position ?? shifted({ x: left, y: top }, by);
    const inside = this.contents(id, { x: anchor.x - left, y: anchor.y - top });
    const { places, anchors } = together(inside);
    return {
      bounds: frameAround(inside.map(({ bounds }) => bounds)),
      fixed: position !== undefined || inside.some(({ fixed }) => fixed),
      places,
      anchors: new Map([...anchors, [id, anchor]]),
    };
  }
}

/**
 * Where the cards and frames of a shown design are. A node that has a position of its own keeps it, unless a frame lies there; with a frame
 * moves what nobody moved in it. The others stand where the layout puts them, and give way by as little as it takes where something moved
 * lies. Only cards that a person has put over one another cover each other.
 */
export function placeAll(nodes: readonly GraphNode[], layout: ReadonlyMap<string, Position>): Placed {
  return together(new Placing(nodes, frameTree(nodes), layout).contents(null, { x: 0, y: 0 }));
}

/** Top left corners of all cards; see {@link placeAll}. */
export function placeNodes(
  nodes: readonly GraphNode[],
  layout: ReadonlyMap<string, Position>,
): Map<string, Position> {
  return placeAll(nodes, layout).places;
}
