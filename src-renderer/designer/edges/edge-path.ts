import type { Position } from '@shared/graph/document';
import type { Flow } from '@shared/graph/flow';
import { turned } from '../layout/flow';

/** As the corners of the lines that the canvas draws below. */
const RADIUS = 5;

/** The place on the way from `from` to `to` that is `length` away from `from`, at most half the way. */
function toward(from: Position, to: Position, length: number): Position {
  const whole = Math.hypot(to.x - from.x, to.y - from.y);
  const part = whole === 0 ? 0 : Math.min(length / whole, 0.5);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** A polyline with round corners as SVG path data. */
export function edgePath(points: readonly Position[]): string {
  const [first, ...others] = points;
  if (!first) return '';
  const pieces = others.map((point, index) => {
    const next = others[index + 1];
    if (!next) return `L${point.x} ${point.y}`;
    const before = toward(point, points[index]!, RADIUS);
    const behind = toward(point, next, RADIUS);
    return `L${before.x} ${before.y}Q${point.x} ${point.y} ${behind.x} ${behind.y}`;
  });
  return `M${first.x} ${first.y}${pieces.join('')}`;
}

/** A connection in the making as SVG path data: leaves an output along the flow and arrives at an input along it. */
export function draftPath(output: Position, input: Position, flow: Flow): string {
  const way = turned({ x: input.x - output.x, y: input.y - output.y }, flow);
  const pull = turned({ x: Math.max(24, Math.min(120, Math.abs(way.x) / 2)), y: 0 }, flow);
  const [out, back] = [
    { x: output.x + pull.x, y: output.y + pull.y },
    { x: input.x - pull.x, y: input.y - pull.y },
  ];
  return `M${output.x} ${output.y}C${out.x} ${out.y} ${back.x} ${back.y} ${input.x} ${input.y}`;
}
