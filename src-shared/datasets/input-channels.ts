/**
 * Channels of the network's input (mcn.md, section 6). Gray: copied K times. RGB: RGB + X for K = 4, the three channels repeated
 * cyclically to K for K = 3 or more, and to ceil(3 / K) maps for K < 3.
 */
export function inputChannels(color: 'gray' | 'rgb', planes: number): number {
  if (color === 'gray') return planes;
  return planes >= 3 ? planes : Math.ceil(3 / planes) * planes;
}
