import type { ThemeColours } from '../theme/theme-colours';

/** Colours that a line may have; each means something (theme/tokens.css). */
export type ChartColour = Extract<keyof ThemeColours, 'teal' | 'amber' | 'blueGray' | 'violet' | 'gray'>;

interface SeriesBase {
  /** Unique within a chart. */
  key: string;
  label: string;
  /** The paper's symbol, shown small behind the label. */
  symbol?: string;
  colour: ChartColour;
  /** Axis that it is read on; each has a scale of its own. */
  axis: 'left' | 'right';
  /** A value as the legend shows it, unit included. */
  format(value: number): string;
}

/** One value per step. `smoothed`: raw faint, smoothed strong; `average`: only the smoothed one; `faint`: only the raw one; `exact`: raw and strong. */
export interface StepSeries extends SeriesBase {
  kind: 'steps';
  style: 'smoothed' | 'average' | 'faint' | 'exact';
  /** Value of step i at i; valid until the table that owns it grows. */
  values: Float64Array;
}

/** One value per epoch, known after `steps[i]` steps; ascending. */
export interface EpochSeries extends SeriesBase {
  kind: 'epochs';
  steps: readonly number[];
  values: readonly number[];
}

export type ChartSeries = StepSeries | EpochSeries;

/** A moment with a word, drawn as a dashed line. Where there is no room, marks of lower rank give way. */
export interface ChartMark {
  /** Steps done when it happened. */
  step: number;
  word: string;
  rank: number;
}

/** How the axis of a chart is laid out. */
export interface ChartAxis {
  /** Hard limits of the values; absent where there are none. */
  min?: number;
  max?: number;
  /** Whether the axis begins at `min` even if the values are far from it. */
  fromMin?: boolean;
  /** Room above the largest value, as a share of what is shown; 0.05 unless given. */
  headroom?: number;
  /** Steps between ticks to choose from, ascending; absent: round decimal ones. */
  increments?: readonly number[];
  /** Labels of the ticks. */
  labels(ticks: readonly number[]): string[];
}
