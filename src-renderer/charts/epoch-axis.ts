/** A stretch of the x axis, in epochs. */
export interface EpochRange {
  from: number;
  to: number;
}

/** Where a row stands on the x axis: row i is known when i + 1 steps are done. */
export function epochOfRow(row: number, stepsPerEpoch: number): number {
  return (row + 1) / stepsPerEpoch;
}

/** The row that is in sight at a place of the x axis, within 0 and `count` - 1; -1 without rows. */
export function rowAt(epoch: number, stepsPerEpoch: number, count: number): number {
  return Math.max(Math.min(0, count - 1), Math.min(count - 1, Math.round(epoch * stepsPerEpoch) - 1));
}

/** Rows [from, to) to draw for a stretch of epochs, with one more on either side so that lines run out of the picture. */
export function rowsInRange(
  range: EpochRange,
  stepsPerEpoch: number,
  count: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(range.from * stepsPerEpoch) - 2);
  const to = Math.min(count, Math.ceil(range.to * stepsPerEpoch) + 1);
  return { from: Math.min(from, to), to };
}

/** Share of the axis that stays free in front of a young run. */
const FREE = 0.2;

/**
 * The stretch that is shown of a run that nobody zoomed into: all its epochs, and while it is young a half, a quarter and so on of them, so
 * that its first steps fill the picture, too.
 * @param epochs that the run will have
 * @param done epochs done, parts included
 */
export function runRange(epochs: number, done: number): EpochRange {
  let to = epochs;
  while (done > 0 && done <= (to / 2) * (1 - FREE)) to /= 2;
  return { from: 0, to };
}

const NICE = [1, 2, 5];

/**
 * Ticks of the x axis: whole epochs, as many as fit, and parts of epochs when the stretch is short.
 * @param most how many ticks there is room for, at least 2
 */
export function epochTicks(range: EpochRange, most: number): number[] {
  const step = niceStep((range.to - range.from) / most);
  const ticks: number[] = [];
  for (let index = Math.ceil(range.from / step - 1e-9); index * step <= range.to + step * 1e-9; index++) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** The smallest of 1, 2, 5 times a power of ten that is not below a number. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = NICE.find((nice) => nice * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** A selection within a run, in order and not shorter than two steps; null when nothing is left of it. */
export function selectedRange(
  a: number,
  b: number,
  epochs: number,
  stepsPerEpoch: number,
): EpochRange | null {
  const from = Math.max(0, Math.min(a, b));
  const to = Math.min(epochs, Math.max(a, b));
  return to - from >= 2 / stepsPerEpoch ? { from, to } : null;
}
