import type { Rgb } from './data-colours';

/** Contrast that WCAG AA asks of text of ordinary size. */
export const AA_TEXT = 4.5;

/** Relative luminance by WCAG 2, 0 to 1. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours by WCAG 2, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const DARK: Rgb = [0, 0, 0];
const LIGHT: Rgb = [255, 255, 255];

/** Black or white, whichever reads better on a colour (always at AA): for values written on heat map cells. */
export function readableOn(colour: Rgb): Rgb {
  return contrast(colour, DARK) >= contrast(colour, LIGHT) ? DARK : LIGHT;
}
