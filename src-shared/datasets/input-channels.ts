/** What the pixels of a data set or of a network's input are made of. */
export const COLORS = ['gray', 'rgb'] as const;
export type Color = (typeof COLORS)[number];

/**
 * Channels that images have when they enter a network of K = `planes` channels per feature map:
 *
 *     gray            K              one map, the gray image copied K times
 *     rgb, K >= 3     K              one map: RGB + X for K = 4, the three channels repeated cyclically otherwise
 *     rgb, K <  3     ceil(3/K) * K  as many maps as it takes to hold R, G and B, filled cyclically
 */
export function inputChannels(color: Color, planes: number): number {
  if (color === 'gray') return planes;
  return Math.ceil(3 / planes) * planes;
}
