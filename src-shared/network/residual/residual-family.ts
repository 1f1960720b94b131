import type { GraphDocument, GraphNode } from '../../graph/document';
import type { Problem } from '../../problem';
import { inheritedPlanes, type Lowered } from '../lower';
import { convolutionDepth } from './convolution-depth';
import { residualPath, type ResidualPath, type UnitRow } from './residual-path';
import type { PlacedItem, ResidualUnit } from './residual-unit';
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

/** Makes spans of a width in channels from what lies in them. */
type SpanMaker = (nodes: readonly GraphNode[], channels: number) => Span;

function spanMaker(inherited: number, planes: number): SpanMaker {
  return (nodes, channels) => {
    const carriers = nodes.flatMap((node) => widthCarrier(node, inherited) ?? []);
    return { channels, width: channels / planes, step: widthStep(carriers, channels, planes), carriers };
  };
}

function stageOf(
  { units, others }: UnitRow,
  index: number,
  channels: number,
  span: SpanMaker,
): ResidualStage {
  const between = others.flatMap(({ nodes }) => nodes);
  const members = units.flatMap((unit) => unit.members);
  return {
    ...span([...members, ...between], channels),
    name: `Stage ${index + 1}`,
    units,
    blocks: units.reduce((sum, { blocks }) => sum + blocks, 0),
    between,
  };
}

function assemble(
  document: GraphDocument,
  lowered: Lowered,
  { stem, rows, head }: ResidualPath,
): ResidualFamily {
  const inherited = inheritedPlanes(document);
  const channelsOf = (id: string): number => lowered.shapes.get(id)?.[2] ?? 0;
  const widths = rows.map(({ units }) => channelsOf(units.at(-1)!.exit));
  const stemChannels = channelsOf(rows[0]!.units[0]!.entry);
  const planes = [...widths, stemChannels].every((width) => width % inherited === 0) ? inherited : 1;
  const span = spanMaker(inherited, planes);
  const first = span(
    stem.flatMap(({ nodes }) => nodes),
    stemChannels,
  );
  return {
    planes,
    stem: first.carriers.length > 0 ? first : null,
    stages: rows.map((row, index) => stageOf(row, index, widths[index]!, span)),
    head: headCarriers(head, widths.at(-1)!, inherited),
    factor: widths[0]! / inherited / BASE_WIDTH,
    depth: convolutionDepth(lowered.network!),
  };
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
  const path = residualPath(document, lowered.shapes);
  if (path) return { family: assemble(document, lowered, path) };
  if (!looksResidual(document)) return null;
  const message = 'The residual blocks of this design stand in branches.';
  const fix = 'Width and depth can be changed of blocks that everything passes from Input to Output.';
  return { problem: { code: 'residual-branches', message, fix, severity: 'hint' } };
}
