import { samePadding } from './same-padding';
import type { Shape } from './shape';

/** What windows with SAME padding leave of an input: [ceil(height / stride), ceil(width / stride), channels]. */
export function windowedShape(
  [height, width]: Shape,
  window: number,
  stride: number,
  channels: number,
): Shape {
  return [samePadding(height, window, stride).out, samePadding(width, window, stride).out, channels];
}
