const MAX_STEPS = 200;

/** Start: linearly interpolated quantiles (i + 1/2) / n, at position (i + 1/2) / n * (L - 1) of the sorted values. */
function quantiles(sorted: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, index) => {
    const position = ((index + 0.5) / n) * (sorted.length - 1);
    const below = Math.floor(position);
    const low = sorted[below]!;
    const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
    return low + (high - low) * (position - below);
  });
}

/** First index whose value belongs to the upper of two centers; a value as near to both belongs to the upper one. */
function boundary(sorted: Float64Array, lower: number, upper: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle]!;
    if (Math.abs(value - lower) < Math.abs(value - upper)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Centers a_1 <= ... <= a_n of one layer by 1-D k-means (mcn.md, section 3): quantile start, Lloyd steps until nothing changes or 200,
 * sums in double; an empty cluster keeps its center; ties go to the higher index (Eq. 6).
 *
 * Sorted once; a Lloyd step is n binary searches over prefix sums.
 * @param weights latent weights, at least one; not changed
 */
export function kMeansCenters(weights: ArrayLike<number>, n: number): Float64Array {
  const sorted = Float64Array.from(weights).sort();
  const sums = new Float64Array(sorted.length + 1);
  for (let index = 0; index < sorted.length; index++) sums[index + 1] = sums[index]! + sorted[index]!;
  const centers = quantiles(sorted, n);
  for (let step = 0; step < MAX_STEPS; step++) {
    let changed = false;
    const edges = [0];
    for (let index = 1; index < n; index++) {
      edges.push(Math.max(edges[index - 1]!, boundary(sorted, centers[index - 1]!, centers[index]!)));
    }
    edges.push(sorted.length);
    for (let index = 0; index < n; index++) {
      const from = edges[index]!;
      const to = edges[index + 1]!;
      if (from === to) continue;
      const mean = (sums[to]! - sums[from]!) / (to - from);
      if (mean !== centers[index]) changed = true;
      centers[index] = mean;
    }
    if (!changed) break;
  }
  return centers;
}
