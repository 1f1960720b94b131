import type { GraphDocument } from '../../graph/document';
import { groupTree } from '../../graph/groups';
import type { Shape } from '../../ops/shape';
import { pathItems, type PathItem } from './path-items';
import { UnitFinder, type PlacedItem, type ResidualUnit } from './residual-unit';

type UnitItem = PlacedItem & { kind: 'stage' | 'block' | 'drawn' };

function isUnit(item: PlacedItem): item is UnitItem {
  return item.kind !== 'other';
}

/** Units and the other items between them, in order; what one group repeats is one unit. */
function inOrder(finder: UnitFinder): (ResidualUnit | PlacedItem)[] {
  const found: (ResidualUnit | PlacedItem)[] = [];
  const done = new Set<PathItem>();
  for (const item of finder.items.filter(isUnit)) {
    const group = finder.repeating(item);
    const together = group
      ? finder.items.filter(isUnit).filter((one) => finder.repeating(one) === group)
      : [item];
    if (done.has(item)) continue;
    together.forEach((one) => done.add(one));
    found.push(group ? finder.repeated(group, together) : finder.single(item));
  }
  const members = new Set(
    found.flatMap((unit) => ('members' in unit ? unit.members : [])).map(({ id }) => id),
  );
  const place = new Map(
    finder.items.flatMap(({ nodes }, index) => nodes.map(({ id }) => [id, index] as const)),
  );
  const others = finder.items.filter((item) => !item.nodes.some(({ id }) => members.has(id)));
  const at = (one: ResidualUnit | PlacedItem): number => {
    return place.get('layers' in one ? one.layers[0]!.id : one.nodes[0]!.id)!;
  };
  return [...found, ...others].sort((a, b) => at(a) - at(b));
}

function isUnitOf(one: ResidualUnit | PlacedItem): one is ResidualUnit {
  return 'layers' in one;
}

/** Items between two stages go with the one whose width they have, and with the earlier one when they have neither. */
function splitBetween(
  items: readonly PlacedItem[],
  channelsOf: (id: string) => number | undefined,
  before: number | undefined,
  after: number | undefined,
): [PlacedItem[], PlacedItem[]] {
  const first = items.findIndex(({ nodes }) => {
    const channels = channelsOf(nodes.at(-1)!.id);
    return channels === after && channels !== before;
  });
  return first < 0 ? [[...items], []] : [items.slice(0, first), items.slice(first)];
}

/** Units of one shape in a row, with what else lies on the path in and behind them. */
export interface UnitRow {
  units: ResidualUnit[];
  others: PlacedItem[];
}

/** The main path of a design in three parts. */
export interface ResidualPath {
  stem: readonly PlacedItem[];
  /** At least one. */
  rows: readonly UnitRow[];
  head: readonly PlacedItem[];
}

/**
 * Parts the main path of a design that lowers without errors at its residual blocks; null when there are none on it. A row ends where the
 * blocks give another shape. `shapes` are the outputs of its nodes.
 */
export function residualPath(
  document: GraphDocument,
  shapes: ReadonlyMap<string, Shape>,
): ResidualPath | null {
  const found = pathItems(document);
  const items = found.map((item, index): PlacedItem => {
    return { ...item, entry: found[index - 1]?.nodes.at(-1)?.id ?? '' };
  });
  const sequence = inOrder(new UnitFinder(document, groupTree(document), items, shapes));
  const first = sequence.findIndex(isUnitOf);
  if (first < 0) return null;
  const channelsOf = (id: string): number | undefined => shapes.get(id)?.[2];
  const rows: UnitRow[] = [];
  let shape = '';
  let waiting: PlacedItem[] = [];
  for (const one of sequence.slice(first)) {
    if (!isUnitOf(one)) {
      waiting.push(one);
      continue;
    }
    const own = String(shapes.get(one.exit));
    const before = rows.at(-1);
    if (before && own === shape) {
      before.others.push(...waiting);
      before.units.push(one);
    } else {
      const width = before && channelsOf(before.units.at(-1)!.exit);
      const [earlier, later] = splitBetween(waiting, channelsOf, width, channelsOf(one.exit));
      before?.others.push(...earlier);
      rows.push({ units: [one], others: later });
    }
    waiting = [];
    shape = own;
  }
  return { stem: sequence.slice(0, first) as PlacedItem[], rows, head: waiting };
}
