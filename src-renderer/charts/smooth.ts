/** Steps up to which a weight means what it says. */
const REFERENCE_STEPS = 500;

/**
 * The weight of the moving average over a run of `count` steps: a longer run is smoothed over a stretch as much longer, so that its curve
 * looks as calm as that of a short one.
 * @param weight for a run of up to 500 steps, 0 to below 1
 */
export function weightOver(weight: number, count: number): number {
  return count <= REFERENCE_STEPS ? weight : weight ** (REFERENCE_STEPS / count);
}

/**
 * Exponential moving average without the pull of its start: s_i = sum_j w^(i-j) x_j / sum_j w^(i-j).
 * Values that are not finite are passed over: they become the average so far, or NaN before the first finite one.
 * @param weight 0 (nothing smoothed) to below 1; a value counts half after log(1/2) / log(weight) further ones
 * @param into where the result goes: at least as long as the values
 * @returns the part of `into` that was written
 */
export function smooth(values: Float64Array, weight: number, into: Float64Array): Float64Array {
  let sum = 0;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isFinite(value)) {
      sum = sum * weight + value;
      total = total * weight + 1;
    }
    into[index] = sum / total;
  }
  return into.subarray(0, values.length);
}

/** Room for smoothed values, kept from one drawing to the next: a new array for every one costs more than the smoothing itself. */
export class SmoothingRoom {
  readonly #arrays = new Map<string, Float64Array>();

  /** An array of at least `count` values, always the same one for a key until it has to grow. */
  take(key: string, count: number): Float64Array {
    const kept = this.#arrays.get(key);
    if (kept && kept.length >= count) return kept;
    const grown = new Float64Array(Math.max(1024, 2 * count));
    this.#arrays.set(key, grown);
    return grown;
  }
}
