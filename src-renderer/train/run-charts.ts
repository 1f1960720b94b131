import type { Family } from '@shared/graph/family';
import type { MetricColumn } from '@shared/training/metrics';
import type { RunHistory } from '@shared/training/run-history';
import type { ChartAxis, ChartMark, ChartSeries, EpochSeries, StepSeries } from '../charts/chart-series';
import { formatMemory } from '@shared/words/format-bytes';
import { exactCount, formatCount } from '@shared/words/format-count';
import { formatPercent } from '@shared/words/format-percent';

/** A number in three figures: "0.0437", "2.30", "1,234", "4.0e-5" below a ten-thousandth. */
function short(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 999.5) return exactCount(value);
  return Math.abs(value) < 1e-4 ? value.toExponential(1) : value.toPrecision(3);
}

function tickLabels(ticks: readonly number[], text: (tick: number) => string): string[] {
  return ticks.map((tick) => (Number.isFinite(tick) ? text(tick) : ''));
}

/** 0.025, 2.5e-5: as few digits as it takes. */
function plainTick(tick: number): string {
  const rounded = Number(tick.toPrecision(6));
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}

/** Percent without needless digits; the largest tick bears the sign. */
export const percentAxis: ChartAxis = {
  min: 0,
  max: 1,
  labels: (ticks) => {
    const last = ticks.findLastIndex(Number.isFinite);
    return tickLabels(ticks, (tick) => String(Number((tick * 100).toFixed(3)))).map((label, index) =>
      index === last ? `${label} %` : label,
    );
  },
};
export const lossAxis: ChartAxis = { min: 0, labels: (ticks) => tickLabels(ticks, plainTick) };
export const rateAxis: ChartAxis = { min: 0, fromMin: true, labels: (ticks) => tickLabels(ticks, plainTick) };
export const speedAxis: ChartAxis = {
  min: 0,
  fromMin: true,
  headroom: 0.15,
  labels: (ticks) => tickLabels(ticks, (tick) => (tick < 10 ? plainTick(tick) : formatCount(tick))),
};
/** Powers of two from 1 MiB to 1 TiB: memory is counted in them. Its line runs below that of the speed. */
export const memoryAxis: ChartAxis = {
  min: 0,
  fromMin: true,
  headroom: 0.7,
  increments: Array.from({ length: 21 }, (_, power) => 2 ** (20 + power)),
  labels: (ticks) => tickLabels(ticks, (tick) => (tick === 0 ? '0' : formatMemory(tick))),
};

function perEpoch(
  history: RunHistory,
  looks: Pick<EpochSeries, 'key' | 'label' | 'colour'>,
  value: 'testAccuracy' | 'trainAccuracy',
): EpochSeries {
  return {
    ...looks,
    kind: 'epochs',
    axis: 'left',
    format: (share) => formatPercent(share),
    steps: history.epochs.map((epoch) => epoch.step),
    values: history.epochs.map((epoch) => epoch[value]),
  };
}

/** Test and training accuracy of every epoch, and of every batch, faint. */
export function accuracySeries(history: RunHistory): ChartSeries[] {
  return [
    perEpoch(history, { key: 'test', label: 'test', colour: 'teal' }, 'testAccuracy'),
    perEpoch(history, { key: 'train', label: 'train', colour: 'amber' }, 'trainAccuracy'),
    {
      key: 'batch',
      label: 'batch',
      colour: 'blueGray',
      axis: 'left',
      kind: 'steps',
      style: 'faint',
      values: history.metrics.column('accuracy'),
      format: (share) => formatPercent(share, 1),
    },
  ];
}

/** The part of the loss that a line shows, and how it is drawn. */
interface LossPart {
  key: string;
  symbol?: string;
  colour: StepSeries['colour'];
  weighted: MetricColumn;
  raw: MetricColumn;
  /** Drawn only when it ever counted. */
  optional?: boolean;
}

const LOSS_PARTS: readonly LossPart[] = [
  { key: 'softmax', colour: 'blueGray', weighted: 'softmaxLoss', raw: 'softmaxLoss' },
  { key: 'filter', symbol: 'θ', colour: 'amber', weighted: 'filterLoss', raw: 'filterRaw' },
  {
    key: 'center',
    symbol: 'λ',
    colour: 'violet',
    weighted: 'centerLoss',
    raw: 'centerRaw',
    optional: true,
  },
  {
    key: 'discrete',
    symbol: 'θ',
    colour: 'gray',
    weighted: 'discreteLoss',
    raw: 'discreteRaw',
    optional: true,
  },
];

/**
 * Total loss, and for binary filters its parts: as they enter it, or `raw`, which is before the weights θ and λ. The center loss and the
 * discrete term (a gradient only, no part of the total) appear where they ever counted.
 */
export function lossSeries(history: RunHistory, family: Family, raw = false): ChartSeries[] {
  const looks = { axis: 'left', kind: 'steps', format: short } as const;
  const column = history.metrics.column.bind(history.metrics);
  const total: StepSeries = {
    ...looks,
    style: 'smoothed',
    key: 'total',
    label: 'total',
    colour: 'teal',
    values: column('loss'),
  };
  if (family !== 'mcn') return [total];
  const parts = LOSS_PARTS.flatMap((part): StepSeries[] => {
    const { key, colour } = part;
    const values = column(raw ? part.raw : part.weighted);
    if (part.optional && !values.some((value) => value > 0)) return [];
    const symbol = raw ? undefined : part.symbol;
    return [{ ...looks, style: 'average', key, label: key, ...(symbol && { symbol }), colour, values }];
  });
  return raw ? parts : [total, ...parts];
}

/** Learning rates of filters and, where there are some, of M-Filters. */
export function rateSeries(history: RunHistory, family: Family): ChartSeries[] {
  const looks = { axis: 'left', kind: 'steps', style: 'exact', format: short } as const;
  const column = history.metrics.column.bind(history.metrics);
  const filters: StepSeries = {
    ...looks,
    key: 'filters',
    label: family === 'wrn' ? 'weights' : 'filters',
    symbol: 'η₁',
    colour: 'teal',
    values: column('learningRate'),
  };
  if (family === 'wrn') return [filters];
  const values = column('modulationRate');
  return [filters, { ...looks, key: 'm-filters', label: 'M-Filters', symbol: 'η₂', colour: 'amber', values }];
}

/** Images per second, and memory of the training process on an axis of its own. */
export function speedSeries(history: RunHistory): ChartSeries[] {
  return [
    {
      key: 'speed',
      label: 'images/s',
      colour: 'teal',
      axis: 'left',
      kind: 'steps',
      style: 'smoothed',
      values: history.metrics.column('imagesPerSecond'),
      format: exactCount,
    },
    {
      key: 'memory',
      label: 'memory',
      colour: 'blueGray',
      axis: 'right',
      kind: 'steps',
      style: 'exact',
      values: history.metrics.column('memoryBytes'),
      format: formatMemory,
    },
  ];
}

/** When the filters became binary, when centers were fitted again, and when the best checkpoint so far was saved. */
export function runMarks(history: RunHistory): { centers: ChartMark[]; checkpoints: ChartMark[] } {
  const centers = history.centers.map(({ step, first }) => ({
    step,
    word: first ? 'binarized' : 'refit',
    rank: first ? 3 : 1,
  }));
  const checkpoints = history.checkpoints.map(({ step, best }) => ({
    step,
    word: best ? 'best' : 'checkpoint',
    rank: best ? 2 : 0,
  }));
  return { centers, checkpoints };
}
