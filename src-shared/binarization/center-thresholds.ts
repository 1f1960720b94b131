const SIGN = 2 ** 31;

/** Bits of a float32 as an integer that grows with it, and back. */
function orderOf(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
  return bits < SIGN ? bits : SIGN - bits;
}

function valueOf(order: number): number {
  const bits = order < 0 ? SIGN - order : order;
  return new Float32Array(Uint32Array.of(bits).buffer)[0]!;
}

/** The smallest float32 from `lower` to `upper` that is not nearer to `lower`, distances compared in double. */
function threshold(lower: number, upper: number): number {
  let below = orderOf(lower) - 1;
  let reached = orderOf(upper);
  while (reached - below > 1) {
    const middle = Math.floor((below + reached) / 2);
    const value = valueOf(middle);
    if (Math.abs(value - lower) < Math.abs(value - upper)) below = middle;
    else reached = middle;
  }
  return valueOf(reached);
}

/**
 * What separates neighbouring centers: a weight belongs to center i + 1 or higher where it is not below threshold i. For devices that
 * compare in float32, so that they decide as assignCenters does in double: every threshold is a float32 itself. (Centers that differ by
 * less than a double can tell from the weight are one to assignCenters; here the lower one is taken, some 1e-16 away.)
 *
 * @param centers ascending
 * @returns one value less than there are centers, ascending
 */
export function centerThresholds(centers: Float32Array): Float32Array {
  return centers.subarray(1).map((upper, index) => threshold(centers[index]!, upper));
}
