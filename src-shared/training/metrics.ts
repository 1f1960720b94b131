/**
 * Scalars of every step, in the order of the columns of a run's metrics file.
 * `loss` is the total; its parts are weighted as they enter it, `filterRaw` is L_filter / theta * 2 without the weight.
 * `accuracy` is the share of the batch classified right; `imagesPerSecond` includes data and bookkeeping.
 */
export const METRIC_COLUMNS = [
  'loss',
  'softmaxLoss',
  'filterLoss',
  'filterRaw',
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
