import { METRIC_COLUMNS, type MetricRows, type StepMetrics } from '@shared/training/metrics';

const FLUSH_MILLISECONDS = 80;

/** Packs the scalars of consecutive steps into arrays, about twelve times a second; drops none. */
export class MetricRecorder {
  #first = 0;
  #rows: StepMetrics[] = [];
  #flushedAt = performance.now();

  constructor(private readonly send: (rows: MetricRows) => void) {}

  add(step: number, metrics: StepMetrics): void {
    if (this.#rows.length === 0) this.#first = step;
    this.#rows.push(metrics);
    if (performance.now() - this.#flushedAt >= FLUSH_MILLISECONDS) this.flush();
  }

  /** Sends what is there. Call before anything that refers to the last step. */
  flush(): void {
    this.#flushedAt = performance.now();
    if (this.#rows.length === 0) return;
    const columns = Object.fromEntries(
      METRIC_COLUMNS.map((name) => [name, Float64Array.from(this.#rows, (row) => row[name])]),
    ) as MetricRows['columns'];
    this.send({ first: this.#first, count: this.#rows.length, columns });
    this.#rows = [];
  }
}
