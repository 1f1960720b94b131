import type { ChartMark } from './chart-series';
import type { ThemeColours } from '../theme/theme-colours';
import { placeMarks } from './marks';

/** Where and how the marks of a chart are drawn. All lengths are in canvas pixels. */
export interface MarkDrawing {
  context: CanvasRenderingContext2D;
  box: { left: number; top: number; width: number; height: number };
  marks: readonly ChartMark[];
  /** Pixel of a step. */
  place: (step: number) => number;
  colours: ThemeColours;
  font: string;
}

/** Distance of a word from its line, and what its ground reaches beyond it. */
const GAP = 5;
const MARGIN = 2;

function placed({ context, box, marks, place, font }: MarkDrawing) {
  context.font = font;
  const ratio = devicePixelRatio;
  return placeMarks(
    marks,
    (step) => (place(step) - box.left) / ratio,
    box.width / ratio,
    (word) => context.measureText(word).width / ratio,
  ).map((mark) => ({ ...mark, x: Math.round(box.left + mark.x * ratio) + 0.5 }));
}

/** Draws marks as dashed lines; they belong under the curves of a chart. */
export function drawMarkLines(drawing: MarkDrawing): void {
  const { context, box, colours } = drawing;
  const ratio = devicePixelRatio;
  context.save();
  context.lineWidth = ratio;
  context.strokeStyle = colours.lineStrong;
  context.setLineDash([3 * ratio, 3 * ratio]);
  for (const { x } of placed(drawing)) {
    context.beginPath();
    context.moveTo(x, box.top);
    context.lineTo(x, box.top + box.height);
    context.stroke();
  }
  context.restore();
}

/** Writes the words of marks at the top of a chart, on a ground of their own: a curve that passes behind them leaves them readable. */
export function drawMarkWords(drawing: MarkDrawing): void {
  const { context, box, colours } = drawing;
  const ratio = devicePixelRatio;
  context.save();
  context.textAlign = 'left';
  context.textBaseline = 'top';
  for (const { word, x, named } of placed(drawing)) {
    if (!named) continue;
    const left = x + GAP * ratio;
    const top = box.top + MARGIN * ratio;
    const { width, actualBoundingBoxDescent: height } = context.measureText(word);
    const margin = MARGIN * ratio;
    context.fillStyle = colours.panel;
    context.fillRect(left - margin, top - margin, width + 2 * margin, height + 2 * margin);
    context.fillStyle = colours.text3;
    context.fillText(word, left, top);
  }
  context.restore();
}
