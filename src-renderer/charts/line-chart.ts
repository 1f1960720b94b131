import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './line-chart.css';
import type { ChartAxis, ChartMark } from './chart-series';
import type { ChartLine } from './chart-lines';
import { decimate } from './decimate';
import { epochOfRow, epochTicks, rowsInRange, type EpochRange } from './epoch-axis';
import { drawMarkLines, drawMarkWords, type MarkDrawing } from './draw-marks';
import { logRange, valueRange } from './value-range';
import type { ThemeColours } from '../theme/theme-colours';

/** What a chart is built for; another set of lines or another kind of axis takes a new chart. */
export interface LineChartOptions {
  /** Key, colour and axis of each line; the data given later have the same order. */
  lines: readonly Omit<ChartLine, 'data'>[];
  left: ChartAxis;
  right: ChartAxis | null;
  log: boolean;
  /** Colours of the theme at the moment of drawing. */
  colours(): ThemeColours;
  /** Charts of one group show the cursor at the same place. */
  group: string;
  /** Place of the cursor in epochs, or null when it left. */
  onCursor(epoch: number | null): void;
  /** A stretch was dragged out. */
  onSelect(from: number, to: number): void;
  /** Back to the whole run. */
  onReset(): void;
}

/** What a chart shows at a moment. Arrays are read at once and not kept. */
export interface LineChartData {
  lines: readonly ChartLine[];
  /** Steps done. */
  count: number;
  stepsPerEpoch: number;
  range: EpochRange;
  zoomed: boolean;
  marks: readonly ChartMark[];
}

/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enums live in its types only; these are their numbers */
const LINEAR = 1 as UPlot.Scale.Distr;
const LOGARITHMIC = 3 as UPlot.Scale.Distr;
const RIGHT = 1 as UPlot.Axis.Side;
const LEFT = 3 as UPlot.Axis.Side;
/* eslint-enable @typescript-eslint/no-unsafe-enum-assignment */

const AXIS_WIDTHS = { left: 46, right: 60 };
const TICK_SPACE = 52;
const DRAG = 6;
const FONT_SIZE = 11;
const MOST_DOTS = 40;
const FAINT = 0.42;

/**
 * Lines over the epochs of a run on a canvas. The only user of uPlot: it gets data thinned to pixels and scales computed here, and is asked
 * for nothing but drawing, the cursor and the selection. Owns its canvas; {@link dispose} removes it.
 */
export class LineChart {
  readonly #plot: UPlot;
  #marks: readonly ChartMark[] = [];
  #stepsPerEpoch = 1;
  #ranges: Record<string, [number, number]> = { x: [0, 1], left: [0, 1], right: [0, 1] };

  constructor(
    private readonly host: HTMLElement,
    size: { width: number; height: number },
    private readonly options: LineChartOptions,
  ) {
    const empty: UPlot.AlignedData = [[], ...options.lines.map(() => [])];
    this.#plot = new UPlot(this.#plotOptions(size), empty, host);
  }

  /** Draws what is there. */
  show(data: LineChartData): void {
    const { options } = this;
    const rows = rowsInRange(data.range, data.stepsPerEpoch, data.count);
    const buckets = Math.max(1, Math.floor(this.#plot.bbox.width / devicePixelRatio));
    const thinned = decimate(
      data.lines.map((line) => line.data),
      rows.from,
      rows.to,
      buckets,
    );
    const columns = (axis: 'left' | 'right') =>
      thinned.lines.filter((_, index) => options.lines[index]!.axis === axis);
    this.#marks = data.marks;
    this.#stepsPerEpoch = data.stepsPerEpoch;
    this.#ranges = {
      x: [data.range.from, data.range.to],
      left: options.log ? logRange(columns('left')) : valueRange(columns('left'), options.left, data.zoomed),
      right: options.right ? valueRange(columns('right'), options.right, data.zoomed) : [0, 1],
    };
    const values = options.log ? thinned.lines.map(positive) : thinned.lines;
    this.#plot.setData([thinned.rows.map((row) => epochOfRow(row, data.stepsPerEpoch)), ...values]);
  }

  /** Takes over another size, in CSS pixels. */
  resize(width: number, height: number): void {
    this.#plot.setSize({ width, height });
  }

  /** Draws again in the colours of the theme. */
  repaint(): void {
    this.#plot.redraw(false);
  }

  dispose(): void {
    this.#plot.destroy();
  }

  #plotOptions(size: { width: number; height: number }): UPlot.Options {
    const { options } = this;
    const range = (_: UPlot, _low: number, _high: number, key: string) => this.#ranges[key]!;
    return {
      ...size,
      padding: [8, options.right ? 0 : 12, 0, 0],
      legend: { show: false },
      series: [{}, ...options.lines.map((line) => lineLooks(line, options.colours))],
      scales: {
        x: { time: false, range },
        left: { range, distr: options.log ? LOGARITHMIC : LINEAR },
        right: { range },
      },
      axes: [this.#epochAxis(), ...this.#valueAxes()],
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false, dist: DRAG },
        sync: {
          key: options.group,
          setSeries: false,
          filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' },
        },
        bind: {
          dblclick: () => () => {
            options.onReset();
            return null;
          },
        },
      },
      hooks: {
        setCursor: [
          (plot) => {
            const left = plot.cursor.left ?? -1;
            options.onCursor(left < 0 ? null : plot.posToVal(left, 'x'));
          },
        ],
        setSelect: [
          (plot) => {
            this.#select(plot);
          },
        ],
        drawAxes: [
          (plot) => {
            drawMarkLines(this.#markDrawing(plot));
          },
        ],
        draw: [
          (plot) => {
            drawMarkWords(this.#markDrawing(plot));
          },
        ],
      },
    };
  }

  #markDrawing(plot: UPlot): MarkDrawing {
    return {
      context: plot.ctx,
      box: plot.bbox,
      marks: this.#marks,
      place: (step) => plot.valToPos(step / this.#stepsPerEpoch, 'x', true),
      colours: this.options.colours(),
      font: figuresFont(this.host, devicePixelRatio),
    };
  }

  #select(plot: UPlot): void {
    const { left, width } = plot.select;
    if (width < DRAG) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.options.onSelect(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
  }

  #epochAxis(): UPlot.Axis {
    return {
      ...this.#axisLooks(),
      scale: 'x',
      size: 24,
      gap: 4,
      grid: { show: false },
      splits: (plot, _axis, from, to) =>
        epochTicks({ from, to }, Math.max(2, plot.bbox.width / devicePixelRatio / TICK_SPACE)),
      values: (_plot, ticks) => ticks.map(String),
    };
  }

  #valueAxes(): UPlot.Axis[] {
    const { left, right } = this.options;
    const axis = (scale: 'left' | 'right', spec: ChartAxis): UPlot.Axis => ({
      ...this.#axisLooks(),
      scale,
      side: scale === 'left' ? LEFT : RIGHT,
      size: AXIS_WIDTHS[scale],
      gap: 6,
      space: 34,
      ...(spec.increments && { incrs: [...spec.increments] }),
      grid: {
        show: scale === 'left',
        stroke: () => this.options.colours().line,
        width: 1,
        filter: (_plot, ticks) => lined(ticks, this.options.log),
      },
      // uPlot leaves out labels of log axes by giving null for their ticks.
      values: (_plot, ticks: (number | null)[]) => {
        const labels = spec.labels(ticks.map((tick) => tick ?? NaN));
        return ticks.map((tick, index) => (tick === null ? '' : labels[index]!));
      },
    });
    return right ? [axis('left', left), axis('right', right)] : [axis('left', left)];
  }

  #axisLooks(): UPlot.Axis {
    return {
      stroke: () => this.options.colours().text3,
      font: figuresFont(this.host),
      ticks: { show: false },
      border: { show: false },
    };
  }
}

/** The host's font at the size of ticks, for a canvas whose pixels are `ratio` times finer than CSS pixels. */
function figuresFont(host: HTMLElement, ratio = 1): string {
  return `${FONT_SIZE * ratio}px ${getComputedStyle(host).fontFamily}`;
}

function lineLooks(line: Omit<ChartLine, 'data'>, colours: () => ThemeColours): UPlot.Series {
  const stroke = () => colours()[line.colour];
  return {
    scale: line.axis,
    stroke,
    width: line.strong ? 1.75 : 1,
    alpha: line.strong ? 1 : FAINT,
    spanGaps: true,
    pxAlign: false,
    points: line.dots ? { show: true, size: 5, width: 0, fill: stroke, filter: fewPoints } : { show: false },
  };
}

/** Places of a line's values when they are few enough to be told apart; none otherwise. */
function fewPoints(plot: UPlot, index: number): number[] {
  const places: number[] = [];
  plot.data[index]!.forEach((value, place) => {
    if (value != null) places.push(place);
  });
  return places.length <= MOST_DOTS ? places : [];
}

/** Ticks that get a line: all of them, on a log axis the powers of ten. */
function lined(ticks: readonly number[], log: boolean): (number | null)[] {
  return ticks.map((tick) => (!log || Number.isInteger(Number(Math.log10(tick).toFixed(9))) ? tick : null));
}

function positive(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value) => (value !== null && value > 0 ? value : null));
}
