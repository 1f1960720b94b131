import type { Position } from '@shared/graph/document';
import type { Flow } from '@shared/graph/flow';
import { turned } from '../layout/flow';

/** Of the corners of lines. */
const RADIUS = 5;

/** The place on the way from `from` to `to` that is `length` away from `from`, at most half the way. */
function toward(from: Position, to: Position, length: number): Position {
  const whole = Math.hypot(to.x - from.x, to.y - from.y);
  const part = whole === 0 ? 0 : Math.min(length / whole, 0.5);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** Draws a polyline with round corners; each call is one of CanvasRenderingContext2D and Path2D. */
export function traceEdge(
  points: readonly Position[],
  pen: Pick<CanvasPath, 'moveTo' | 'lineTo' | 'quadraticCurveTo'>,
): void {
  points.forEach((point, index) => {
    const [last, next] = [points[index - 1], points[index + 1]];
    if (!last) {
      pen.moveTo(point.x, point.y);
    } else if (!next) {
      pen.lineTo(point.x, point.y);
    } else {
      const before = toward(point, last, RADIUS);
      const behind = toward(point, next, RADIUS);
      pen.lineTo(before.x, before.y);
      pen.quadraticCurveTo(point.x, point.y, behind.x, behind.y);
    }
  });
}

/** A polyline with round corners as SVG path data. */
export function edgePath(points: readonly Position[]): string {
  let data = '';
  traceEdge(points, {
    moveTo: (x, y) => {
      data += `M${x} ${y}`;
    },
    lineTo: (x, y) => {
      data += `L${x} ${y}`;
    },
    quadraticCurveTo: (aroundX, aroundY, x, y) => {
      data += `Q${aroundX} ${aroundY} ${x} ${y}`;
    },
  });
  return data;
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
