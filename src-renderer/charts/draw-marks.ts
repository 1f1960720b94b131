import type { ChartMark } from './chart-series';
import type { ThemeColours } from '../theme/theme-colours';
import { placeMarks } from './marks';

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Draws marks as dashed lines with their words at the top, under the lines of a chart. All lengths are in canvas pixels. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  box: Box,
  marks: readonly ChartMark[],
  place: (step: number) => number,
  colours: ThemeColours,
  font: string,
): void {
  const ratio = devicePixelRatio;
  context.save();
  context.font = font;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.lineWidth = ratio;
  context.setLineDash([3 * ratio, 3 * ratio]);
  const placed = placeMarks(
    marks,
    (step) => (place(step) - box.left) / ratio,
    box.width / ratio,
    (word) => context.measureText(word).width / ratio,
  );
  for (const mark of placed) {
    const x = Math.round(box.left + mark.x * ratio) + 0.5;
    context.strokeStyle = colours.lineStrong;
    context.beginPath();
    context.moveTo(x, box.top);
    context.lineTo(x, box.top + box.height);
    context.stroke();
    context.fillStyle = colours.text3;
    if (mark.named) context.fillText(mark.word, x + 5 * ratio, box.top + 2 * ratio);
  }
  context.restore();
}
