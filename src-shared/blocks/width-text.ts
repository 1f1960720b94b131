import type { Family } from '../graph/family';

/**
 * The width of a modulated block in words, as its twin counts it: "16 maps × 4", or in the Wide-ResNet twin, where maps of K planes
 * become ordinary channels, "64 channels".
 */
export function widthText(maps: number, planes: number | null, family: Family): string {
  if (family === 'wrn') return planes === null ? `${maps} × K channels` : `${maps * planes} channels`;
  return `${maps} maps × ${planes ?? 'K'}`;
}
