/**
 * Index of the nearest center of every weight (Eq. 6); on a tie the higher index. Distances are compared in double, on the float32
 * values of weights and centers, so engine, packed writer and microscope decide alike.
 *
 * @param weights latent weights
 * @param centers ascending, 2 to 16 (equal ones allowed: the highest of them wins)
 * @param out receives the indices; made when left out
 */
export function assignCenters(
  weights: Float32Array,
  centers: Float32Array,
  out: Uint8Array = new Uint8Array(weights.length),
): Uint8Array {
  const last = centers.length - 1;
  for (let index = 0; index < weights.length; index++) {
    const value = weights[index]!;
    let best = 0;
    while (best < last && !(Math.abs(value - centers[best]!) < Math.abs(value - centers[best + 1]!))) best++;
    out[index] = best;
  }
  return out;
}

/** C^: every weight replaced by its nearest center. `out` may be a view of device memory. */
export function binarizeInto(weights: Float32Array, centers: Float32Array, out: Float32Array): void {
  const last = centers.length - 1;
  for (let index = 0; index < weights.length; index++) {
    const value = weights[index]!;
    let best = 0;
    while (best < last && !(Math.abs(value - centers[best]!) < Math.abs(value - centers[best + 1]!))) best++;
    out[index] = centers[best]!;
  }
}
