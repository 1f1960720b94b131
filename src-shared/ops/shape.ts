/** [height, width, channels] of a feature tensor, batch left out. A vector of n features is [1, 1, n]. */
export type Shape = readonly [height: number, width: number, channels: number];

/** Number of values of one sample. */
export function shapeSize(shape: Shape): number {
  return shape[0] * shape[1] * shape[2];
}

/** Whether two shapes agree in every axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

/** "32×32×80", or "1,024" for a vector. */
export function shapeText(shape: Shape): string {
  const [height, width, channels] = shape;
  return height === 1 && width === 1 ? channels.toLocaleString('en-US') : `${height}×${width}×${channels}`;
}
