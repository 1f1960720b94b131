import type { Position } from '@shared/graph/document';
import type { Role } from '@shared/ops/definition';
import { boundsOf, CARD_HEIGHT, CARD_WIDTH, type Bounds } from '../layout/card-size';
import type { Label } from '../layout/route-edge';

/** A box of a diagram. */
export interface DiagramNode {
  id: string;
  name: string;
  /** What it does in the paper's words; may be empty. */
  summary: string;
  role: Role;
  /** Top left corner. */
  corner: Position;
}

/** A frame around boxes: a group or block that stands open. */
export interface DiagramFrame {
  name: string;
  summary: string;
  bounds: Bounds;
}

/** A line of a diagram, with the shape that flows along it. */
export interface DiagramEdge {
  points: readonly Position[];
  /** Place of the text. */
  label: Label;
  shape: string | null;
}

/** Room around the drawing, for lines that pass outside of the boxes. */
const MARGIN = 48;
/** Dark enough on white paper, and apart from one another in print without colour by their lightness. */
const FILLS: Readonly<Record<Role, string>> = {
  binary: '#d5eeea',
  float: '#dfe6f5',
  shape: '#ece6f8',
  merge: '#faeed6',
  io: '#f0f1f2',
};
const STROKES: Readonly<Record<Role, string>> = {
  binary: '#0b6f62',
  float: '#4b66a0',
  shape: '#7651c4',
  merge: '#8a5505',
  io: '#6a737d',
};
/** Average width of a character relative to its size, for cutting text that no box would hold. */
const CHARACTER_WIDTH = 0.56;

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text that fits a width in pixels at a size; cut with an ellipsis otherwise. */
function fitted(text: string, size: number, width: number): string {
  const most = Math.floor(width / (size * CHARACTER_WIDTH));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

/** A summary in at most two lines, broken where a word ends. */
function summaryLines(summary: string, width: number): string[] {
  const most = Math.floor(width / (11 * CHARACTER_WIDTH));
  if (summary.length <= most) return summary === '' ? [] : [summary];
  const at = summary.lastIndexOf(' ', most);
  const cut = at > 0 ? at : most;
  return [summary.slice(0, cut), fitted(summary.slice(cut).trim(), 11, width)];
}

function box({ name, summary, role, corner: { x, y } }: DiagramNode): string {
  const middle = x + CARD_WIDTH / 2;
  const lines = summaryLines(summary, CARD_WIDTH - 16);
  const top = y + CARD_HEIGHT / 2 - (lines.length * 14) / 2 + 4;
  const texts = lines.map(
    (line, index) =>
      `<text x="${middle}" y="${top + 15 + index * 14}" font-size="11" fill="#40474f">${escaped(line)}</text>`,
  );
  return [
    `<rect x="${x}" y="${y}" width="${CARD_WIDTH}" height="${CARD_HEIGHT}" rx="6" fill="${FILLS[role]}" stroke="${STROKES[role]}" stroke-width="1.2"/>`,
    `<text x="${middle}" y="${top}" font-size="13" font-weight="600" fill="#15191d">${escaped(fitted(name, 13, CARD_WIDTH - 16))}</text>`,
    ...texts,
  ].join('');
}

function frame({ name, summary, bounds: { left, top, right, bottom } }: DiagramFrame): string {
  const title = fitted(summary === '' ? name : `${name}: ${summary}`, 12, right - left - 24);
  return [
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="8" fill="#fff" fill-opacity="0.6" stroke="#6a737d" stroke-width="1" stroke-dasharray="5 4"/>`,
    `<text x="${left + 12}" y="${top + 18}" font-size="12" font-weight="600" text-anchor="start" fill="#15191d">${escaped(title)}</text>`,
  ].join('');
}

function connection({ points, label, shape }: DiagramEdge): string {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
  const text =
    shape === null
      ? ''
      : `<text x="${label.x}" y="${label.y + 4}" text-anchor="${label.anchor}" font-size="10.5" fill="#40474f" stroke="#fff" stroke-width="3" paint-order="stroke">${escaped(shape)}</text>`;
  return `<path d="${path}" fill="none" stroke="#40474f" stroke-width="1.3" stroke-linejoin="round" marker-end="url(#arrow)"/>${text}`;
}

/** Corners of the smallest rectangle that holds boxes, frames and lines. */
function extent(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  frames: readonly DiagramFrame[],
) {
  const boxes = boundsOf(nodes.map(({ corner }) => corner)) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const xs = [
    ...edges.flatMap(({ points }) => points.map(({ x }) => x)),
    ...frames.flatMap(({ bounds }) => [bounds.left, bounds.right]),
  ];
  const ys = [
    ...edges.flatMap(({ points, label }) => [...points.map(({ y }) => y), label.y]),
    ...frames.flatMap(({ bounds }) => [bounds.top, bounds.bottom]),
  ];
  const left = Math.min(boxes.left, ...xs) - MARGIN;
  const top = Math.min(boxes.top, ...ys) - MARGIN;
  return {
    left,
    top,
    width: Math.max(boxes.right, ...xs) + MARGIN - left,
    height: Math.max(boxes.bottom, ...ys) + MARGIN - top,
  };
}

/** A drawing as SVG text, and its size in CSS pixels. */
export interface Diagram {
  svg: string;
  width: number;
  height: number;
}

/**
 * A design as one prints it in a paper: black and soft colours on white, boxes with what each layer does, lines with shapes and arrows,
 * dashed frames (outer ones first) around what lies in open groups and blocks.
 * Text stays text. Uses no fonts but those every system has.
 */
export function diagramSvg(
  title: string,
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  frames: readonly DiagramFrame[] = [],
): Diagram {
  const { left, top, width, height } = extent(nodes, edges, frames);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="Helvetica, Arial, sans-serif" text-anchor="middle">`,
    `<title>${escaped(title)}</title>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.5 L8 4 L0 7.5 z" fill="#40474f"/></marker></defs>',
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#fff"/>`,
    ...frames.map(frame),
    ...edges.map(connection),
    ...nodes.map(box),
    '</svg>',
    '',
  ].join('\n');
  return { svg, width, height };
}
