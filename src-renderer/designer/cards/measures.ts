import type { NodeCost } from '@shared/network/profile';
import { formatBytes, formatRatio } from '@shared/words/format-bytes';
import { formatCount } from '@shared/words/format-count';

/** What cards can be coloured by beside their role, in the order in which it is offered. */
export const MEASURES = [
  'binary-weights',
  'float-weights',
  'bytes',
  'filter-ratio',
  'file-ratio',
  'multiply-adds',
  'dense-multiply-adds',
] as const;
export type MeasureId = (typeof MEASURES)[number];

/** A figure of what a layer costs. */
export interface Measure {
  /** Sentence case, with its unit where the figure alone does not tell it. */
  label: string;
  help: string;
  /** Where a linear scale begins. */
  least: number;
  /** null: the layer has none of it. */
  of(cost: NodeCost): number | null;
  text(value: number): string;
}

const positive = (value: number): number | null => (value > 0 ? value : null);
const ratio = (float: number, stored: number): number | null => (float > 0 ? float / stored : null);

/** All measures by their id. */
export const measures: Readonly<Record<MeasureId, Measure>> = {
  'binary-weights': {
    label: '1-bit weights',
    help: 'Filters stored as bits; more than two centers take more than one bit each',
    least: 0,
    of: (cost) => positive(cost.binaryWeights),
    text: formatCount,
  },
  'float-weights': {
    label: '32-bit weights',
    help: 'Trained values stored as float32',
    least: 0,
    of: (cost) => positive(cost.weights - cost.binaryWeights),
    text: formatCount,
  },
  bytes: {
    label: 'Exported bytes',
    help: 'What a layer takes in the exported file',
    least: 0,
    of: (cost) => positive(cost.storedBytes),
    text: formatBytes,
  },
  'filter-ratio': {
    label: 'Smaller filters',
    help: 'Modulated filters as float32, divided by their bits, M-Filters and centers',
    least: 1,
    of: (cost) => ratio(cost.filterFloatBytes, cost.filterBytes),
    text: formatRatio,
  },
  'file-ratio': {
    label: 'Smaller file',
    help: 'All that a layer stores: with filters as float32, divided by what the file takes',
    least: 1,
    of: (cost) => ratio(cost.floatBytes, cost.storedBytes),
    text: formatRatio,
  },
  'multiply-adds': {
    label: 'Multiply-adds',
    help: 'What a layer computes for one image',
    least: 0,
    of: (cost) => positive(cost.multiplyAdds),
    text: formatCount,
  },
  'dense-multiply-adds': {
    label: 'Dense multiply-adds',
    help: 'What it would compute with reconstructed filters Q, as an ordinary convolution does',
    least: 0,
    of: (cost) => positive(cost.denseMultiplyAdds),
    text: formatCount,
  },
};
