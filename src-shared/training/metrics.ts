/**
 * Scalars of every step, in the order of the columns of a run's metrics file.
 * `loss` is the total; its parts `softmaxLoss`, `filterLoss` and `centerLoss` are weighted as they enter it, the raw ones are those for
 * theta = 1 and lambda = 1. `discreteLoss` is theta times `discreteRaw`, 1/2 sum || C^ + eta1 dC^ - C ||^2, which acts as a gradient
 * only and is no part of the total. What does not count in a step is 0.
 * `accuracy` is the share of the batch classified right; `imagesPerSecond` includes data and bookkeeping.
 */
export const METRIC_COLUMNS = [
  'loss',
  'softmaxLoss',
  'filterLoss',
  'filterRaw',
  'centerLoss',
  'centerRaw',
  'discreteLoss',
  'discreteRaw',
  'accuracy',
  'learningRate',
  'modulationRate',
  'imagesPerSecond',
  'memoryBytes',
] as const;

export type MetricColumn = (typeof METRIC_COLUMNS)[number];

/** Scalars of one step. */
export type StepMetrics = Record<MetricColumn, number>;

/** Consecutive steps packed as arrays: column i of step `first + j` is `columns[name][j]`. */
export interface MetricRows {
  first: number;
  count: number;
  columns: Record<MetricColumn, Float64Array>;
}
