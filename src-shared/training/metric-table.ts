import { METRIC_COLUMNS, type MetricColumn, type MetricRows } from './metrics';

/** Per-step scalars that only grow, column by column. Owns its arrays; {@link column} hands out views. */
export class MetricTable {
  #count = 0;
  #capacity = 1024;
  #columns = new Map<MetricColumn, Float64Array>(
    METRIC_COLUMNS.map((name) => [name, new Float64Array(this.#capacity)]),
  );

  /** Number of steps; step i is row i. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes in consecutive steps. Rows that are there already are replaced and what lies behind them is dropped: that is how
   * a resumed run redoes what followed its checkpoint.
   * @throws Error when steps are missing in between, which means that an event was lost
   */
  append(rows: MetricRows): void {
    if (rows.first > this.#count) {
      throw new Error(`Steps ${this.#count} to ${rows.first - 1} are missing before step ${rows.first}`);
    }
    this.truncate(rows.first);
    this.#reserve(rows.first + rows.count);
    for (const name of METRIC_COLUMNS) this.#columns.get(name)!.set(rows.columns[name], rows.first);
    this.#count = rows.first + rows.count;
  }

  /** Drops steps from `count` on. */
  truncate(count: number): void {
    this.#count = Math.min(this.#count, count);
  }

  /** A view of one column, valid until the next append. */
  column(name: MetricColumn): Float64Array {
    return this.#columns.get(name)!.subarray(0, this.#count);
  }

  /** A copy of all rows, to be sent or stored. */
  rows(): MetricRows {
    const columns = Object.fromEntries(METRIC_COLUMNS.map((name) => [name, this.column(name).slice()]));
    return { first: 0, count: this.#count, columns: columns as MetricRows['columns'] };
  }

  #reserve(count: number): void {
    if (count <= this.#capacity) return;
    while (this.#capacity < count) this.#capacity *= 2;
    for (const [name, old] of this.#columns) {
      const grown = new Float64Array(this.#capacity);
      grown.set(old.subarray(0, this.#count));
      this.#columns.set(name, grown);
    }
  }
}
