/**
 * sums[o] = sum_i x[at + i] * matrix[start + i * sums.length + o] for i < inputs, in double.
 *
 * Four inputs at a time save three quarters of the traffic with `sums`; behind a ReLU whole groups are zero and skipped.
 */
export function multiplyRow(
  x: Float32Array,
  at: number,
  inputs: number,
  matrix: Float32Array,
  start: number,
  sums: Float64Array,
): void {
  const outputs = sums.length;
  sums.fill(0);
  let i = 0;
  let row = start;
  for (; i + 4 <= inputs; i += 4, row += 4 * outputs) {
    const a = x[at + i]!;
    const b = x[at + i + 1]!;
    const c = x[at + i + 2]!;
    const d = x[at + i + 3]!;
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    const rowB = row + outputs;
    const rowC = rowB + outputs;
    const rowD = rowC + outputs;
    for (let o = 0; o < outputs; o++) {
      sums[o]! +=
        a * matrix[row + o]! + b * matrix[rowB + o]! + c * matrix[rowC + o]! + d * matrix[rowD + o]!;
    }
  }
  for (; i < inputs; i++, row += outputs) {
    const a = x[at + i]!;
    if (a === 0) continue;
    for (let o = 0; o < outputs; o++) sums[o]! += a * matrix[row + o]!;
  }
}
