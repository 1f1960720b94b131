import { reactive, readonly } from 'vue';
import type { EpochRange } from './epoch-axis';

interface ViewState {
  /** The stretch zoomed into; null: the whole run. */
  zoom: EpochRange | null;
  /** Weight of the moving average, 0 to 0.99. */
  smoothing: number;
  /** Where the cursor is, in epochs; null: outside, legends show the latest values. */
  cursor: number | null;
}

/** What the charts of a room share: where they look, how much they smooth, where the cursor is. */
export interface ChartView {
  /** Names the group whose cursors move together. */
  readonly group: string;
  readonly state: Readonly<ViewState>;
  zoomTo(range: EpochRange | null): void;
  smooth(weight: number): void;
  pointAt(epoch: number | null): void;
}

let groups = 0;

/** A view of the whole run, for one room's charts. */
export function createChartView(): ChartView {
  groups += 1;
  const state = reactive<ViewState>({ zoom: null, smoothing: 0.8, cursor: null });
  return {
    group: `charts-${groups}`,
    state: readonly(state),
    zoomTo: (range) => {
      state.zoom = range;
    },
    smooth: (weight) => {
      state.smoothing = weight;
    },
    pointAt: (epoch) => {
      state.cursor = epoch;
    },
  };
}
