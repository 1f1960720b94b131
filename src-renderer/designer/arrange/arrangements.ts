import type { Position } from '@shared/graph/document';

/** The ways to line up or spread the selected cards; the commands of the room have the same names. */
export const ARRANGEMENTS = [
  'align-left',
  'align-centre',
  'align-right',
  'align-top',
  'align-middle',
  'align-bottom',
  'distribute-across',
  'distribute-down',
] as const;

export type Arrangement = (typeof ARRANGEMENTS)[number];

type Axis = 'x' | 'y';

/** Cards are all of one size, so that edges and middles of the selection are those of its outermost corners. */
const alignments: Readonly<
  Partial<Record<Arrangement, { axis: Axis; pick: (low: number, high: number) => number }>>
> = {
  'align-left': { axis: 'x', pick: (low) => low },
  'align-centre': { axis: 'x', pick: (low, high) => (low + high) / 2 },
  'align-right': { axis: 'x', pick: (_low, high) => high },
  'align-top': { axis: 'y', pick: (low) => low },
  'align-middle': { axis: 'y', pick: (low, high) => (low + high) / 2 },
  'align-bottom': { axis: 'y', pick: (_low, high) => high },
};

/** How many cards it takes before an arrangement says anything. */
export function leastCards(arrangement: Arrangement): number {
  return arrangement.startsWith('distribute') ? 3 : 2;
}

function distribute(places: ReadonlyMap<string, Position>, axis: Axis): Map<string, Position> {
  const sorted = [...places].sort(([, a], [, b]) => a[axis] - b[axis]);
  const low = sorted[0]![1][axis];
  const step = (sorted.at(-1)![1][axis] - low) / (sorted.length - 1);
  return new Map(sorted.map(([id, place], index) => [id, { ...place, [axis]: low + index * step }]));
}

/**
 * New top left corners of cards: lined up at the outermost of them or amid them, or with equal distances between the outermost two. The
 * same corners when there are too few of them.
 */
export function arrange(
  places: ReadonlyMap<string, Position>,
  arrangement: Arrangement,
): Map<string, Position> {
  if (places.size < leastCards(arrangement)) return new Map(places);
  const alignment = alignments[arrangement];
  if (!alignment) return distribute(places, arrangement === 'distribute-across' ? 'x' : 'y');
  const { axis, pick } = alignment;
  const values = [...places.values()].map((place) => place[axis]);
  const line = pick(Math.min(...values), Math.max(...values));
  return new Map([...places].map(([id, place]) => [id, { ...place, [axis]: line }]));
}
