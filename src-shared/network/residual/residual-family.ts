import type { GraphDocument, GraphNode } from '../../graph/document';
import { groupTree } from '../../graph/groups';
import type { Problem } from '../../problem';
import { inheritedPlanes, type Lowered } from '../lower';
import { convolutionDepth } from './convolution-depth';
import { pathItems, type PathItem } from './path-items';
import { UnitFinder, type PlacedItem, type ResidualUnit } from './residual-unit';
import { widthCarrier, widthStep, type WidthCarrier } from './width-carrier';

/** Maps of a Wide-ResNet of factor 1 in its first stage (Zagoruyko and Komodakis). */
export const BASE_WIDTH = 16;

/** A part of the main path that has one width. */
export interface Span {
  /** Channels that it gives to what follows. */
  channels: number;
  /** The same in maps of `ResidualFamily.planes` channels. */
  width: number;
  /** Its width must be a multiple of this. */
  step: number;
  /** All its nodes with a width of their own. */
  carriers: readonly WidthCarrier[];
}

/** Residual blocks of one shape in a row. */
export interface ResidualStage extends Span {
  name: string;
  units: readonly ResidualUnit[];
  /** n. */
  blocks: number;
  /** Layers of the main path in and behind it that are no residual blocks: put there by hand. */
  between: readonly GraphNode[];
}

/** A design as a residual network: a stem, stages of residual blocks, a head (mcn.md, section 6). */
export interface ResidualFamily {
  /** Channels per map in which widths are told: K of Input, or 1 when a stage has no whole number of maps. */
  planes: number;
  /** What leads to the first block; null when nothing in it has a width. */
  stem: Span | null;
  stages: readonly ResidualStage[];
  /** Nodes of the head that follow the width of the last stage. */
  head: readonly WidthCarrier[];
  /** k: width of the first stage over 16 maps. */
  factor: number;
  /** Convolutions on the longest way through it. */
  depth: number;
}

/** What a design is as a residual network, or why it nearly is one; null: it is none. */
export type ResidualReading = { family: ResidualFamily } | { problem: Problem } | null;

/** Whether something in a design looks like a part of a residual network. */
function looksResidual(document: GraphDocument): boolean {
  return document.nodes.some(
    ({ type }) => type === 'stage' || type === 'mcn-basic' || type.startsWith('wrn-'),
  );
}

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
  channelsOf: (node: GraphNode) => number | undefined,
  before: number | undefined,
  after: number | undefined,
): [PlacedItem[], PlacedItem[]] {
  const first = items.findIndex(({ nodes }) => {
    const channels = channelsOf(nodes.at(-1)!);
    return channels === after && channels !== before;
  });
  return first < 0 ? [[...items], []] : [items.slice(0, first), items.slice(first)];
}

interface RawStage {
  units: ResidualUnit[];
  others: PlacedItem[];
}

/** Carriers of a head that follow: zero maps, and convolutions of exactly the width that arrives with a weighted layer still behind them. */
function headCarriers(items: readonly PlacedItem[], channels: number, planes: number): WidthCarrier[] {
  const nodes = items.flatMap((item) => item.nodes);
  const weighted = nodes.filter((node) => node.type === 'dense' || widthCarrier(node, planes) !== null);
  const classifier = weighted.filter(({ type }) => type !== 'padmaps').at(-1);
  return nodes.flatMap((node) => {
    const carrier = node === classifier ? null : widthCarrier(node, planes);
    return carrier && (node.type === 'padmaps' || carrier.channels === channels) ? carrier : [];
  });
}

/**
 * Reads a design as a residual network of the paper's family: what leads to the first residual block is the stem, blocks of one shape in a
 * row are a stage, the rest is the head. Blocks count whether they are stages, single blocks, or drawn as layers, in groups that repeat as
 * often as they do. Only blocks that everything passes count; one in a branch is a part made by hand.
 *
 * @param lowered what lower() made of the document
 */
export function readResidualFamily(document: GraphDocument, lowered: Lowered): ResidualReading {
  if (!lowered.network) {
    if (!looksResidual(document)) return null;
    const message = 'Width and depth can be changed when the design has no errors.';
    return { problem: { code: 'residual-errors', message, fix: 'Repair them first.', severity: 'hint' } };
  }
  const tree = groupTree(document);
  const found = pathItems(document);
  const items = found.map((item, index): PlacedItem => {
    return { ...item, entry: found[index - 1]?.nodes.at(-1)?.id ?? '' };
  });
  const sequence = inOrder(new UnitFinder(document, tree, items, lowered.shapes));
  const first = sequence.findIndex(isUnitOf);
  if (first < 0) {
    if (!looksResidual(document)) return null;
    const message = 'The residual blocks of this design stand in branches.';
    const fix = 'Width and depth can be changed of blocks that everything passes from Input to Output.';
    return { problem: { code: 'residual-branches', message, fix, severity: 'hint' } };
  }
  return { family: assemble(document, lowered, sequence, first) };
}

function assemble(
  document: GraphDocument,
  lowered: Lowered,
  sequence: readonly (ResidualUnit | PlacedItem)[],
  first: number,
): ResidualFamily {
  const inherited = inheritedPlanes(document);
  const channelsOf = (node: { id: string }): number | undefined => lowered.shapes.get(node.id)?.[2];
  const stem = sequence.slice(0, first) as PlacedItem[];
  const stages: RawStage[] = [];
  let shape = '';
  let waiting: PlacedItem[] = [];
  for (const one of sequence.slice(first)) {
    if (!isUnitOf(one)) {
      waiting.push(one);
      continue;
    }
    const own = String(lowered.shapes.get(one.exit));
    if (own === shape) stages.at(-1)!.others.push(...waiting);
    else {
      const before = stages.at(-1);
      const [earlier, later] = splitBetween(
        waiting,
        channelsOf,
        before && channelsOf({ id: before.units.at(-1)!.exit }),
        channelsOf({ id: one.exit }),
      );
      before?.others.push(...earlier);
      stages.push({ units: [], others: later });
    }
    stages.at(-1)!.units.push(one);
    waiting = [];
    shape = own;
  }
  const widths = stages.map(({ units }) => channelsOf({ id: units.at(-1)!.exit })!);
  const stemChannels = channelsOf({ id: stages[0]!.units[0]!.entry });
  const planes = [...widths, stemChannels ?? 0].every((width) => width % inherited === 0) ? inherited : 1;
  const span = (nodes: readonly GraphNode[], channels: number): Span => {
    const carriers = nodes.flatMap((node) => widthCarrier(node, inherited) ?? []);
    return { channels, width: channels / planes, step: widthStep(carriers, channels, planes), carriers };
  };
  const stemSpan = span(
    stem.flatMap(({ nodes }) => nodes),
    stemChannels ?? 0,
  );
  const told = stages.map(({ units, others }, index): ResidualStage => {
    const between = others.flatMap(({ nodes }) => nodes);
    const members = units.flatMap((unit) => unit.members);
    return {
      ...span([...members, ...between], widths[index]!),
      name: `Stage ${index + 1}`,
      units,
      blocks: units.reduce((sum, { blocks }) => sum + blocks, 0),
      between,
    };
  });
  return {
    planes,
    stem: stemSpan.carriers.length > 0 ? stemSpan : null,
    stages: told,
    head: headCarriers(waiting, widths.at(-1)!, inherited),
    factor: widths[0]! / inherited / BASE_WIDTH,
    depth: convolutionDepth(lowered.network!),
  };
}
