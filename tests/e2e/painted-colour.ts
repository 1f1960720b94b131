import type { Page } from 'playwright-core';
import type { Point } from './design-room';

/** What of a design is painted on a canvas of its own, from below. */
const LAYERS = ['lines', 'cards'] as const;

/** The token of the theme, of some, whose colour is painted at a place of the window; null: nothing is. Another colour is told as it is. */
export function paintedColour(
  page: Page,
  layer: (typeof LAYERS)[number],
  tokens: readonly string[],
  { x, y }: Point,
): Promise<string | null> {
  return page.evaluate(
    ({ index, tokens, x, y }) => {
      const canvas = document.querySelectorAll<HTMLCanvasElement>('.canvas > canvas')[index]!;
      const { left, top } = canvas.getBoundingClientRect();
      // A line covers the pixels at its sides in part. Read from a copy: the canvas itself would be told to be read often.
      const copy = new OffscreenCanvas(1, 3).getContext('2d', { willReadFrequently: true })!;
      copy.drawImage(canvas, Math.floor(x - left), Math.floor(y - top) - 1, 1, 3, 0, 0, 1, 3);
      const { data } = copy.getImageData(0, 0, 1, 3);
      const rows = [0, 4, 8].map((at) => [...data.slice(at, at + 4)]);
      const [red, green, blue, alpha] = rows.toSorted((a, b) => b[3]! - a[3]!)[0]!;
      if (alpha! < 100) return null;
      const style = getComputedStyle(document.body);
      const apart = (token: string): number => {
        const text = style.getPropertyValue(token).trim();
        const wanted = [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
        return Math.max(...wanted.map((value, at) => Math.abs(value - [red, green, blue][at]!)));
      };
      return tokens.find((token) => apart(token) < 8) ?? `${red} ${green} ${blue}`;
    },
    { index: LAYERS.indexOf(layer), tokens, x, y },
  );
}
