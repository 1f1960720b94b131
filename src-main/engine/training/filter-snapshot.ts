import { assignCenters } from '@shared/binarization/assign-centers';
import type { NetworkNodeOf } from '@shared/network/network';
import { mcconvNodes } from '@shared/network/network';
import type { FiltersEvent, LayerFilters } from '@shared/training/engine-event';
import type { TrainableModel } from '../model/trainable-model';

const BINS = 48;

/** Counts of values in equal bins between the smallest and the largest. */
function histogram(values: Float32Array): LayerFilters['histogram'] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Uint32Array(BINS);
  const scale = high > low ? BINS / (high - low) : 0;
  for (const value of values) counts[Math.min(BINS - 1, Math.floor((value - low) * scale))]! += 1;
  return { low, high, counts };
}

/** Mean Pearson correlation over all pairs of planes, 1 for copies; null for a single plane or planes of a single value. */
export function planeCorrelation(modulation: Float32Array, planes: number): number | null {
  const size = modulation.length / planes;
  if (planes < 2 || size < 2) return null;
  const centered = Array.from({ length: planes }, (_, plane) => {
    const values = modulation.subarray(plane * size, (plane + 1) * size);
    const mean = values.reduce((sum, value) => sum + value, 0) / size;
    return values.map((value) => value - mean);
  });
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < planes; a++) {
    for (let b = a + 1; b < planes; b++) {
      sum += correlation(centered[a]!, centered[b]!);
      pairs += 1;
    }
  }
  return sum / pairs;
}

function correlation(a: Float32Array, b: Float32Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let index = 0; index < a.length; index++) {
    ab += a[index]! * b[index]!;
    aa += a[index]! ** 2;
    bb += b[index]! ** 2;
  }
  return aa === 0 || bb === 0 ? 1 : ab / Math.sqrt(aa * bb);
}

/** sqrt(sum_j ||C - C^ M_j||^2 / (K ||C||^2)); C^ = C while there are no centers. C is [y, x, gc, h], M [K, y, x]. */
function reconstructionError(
  c: Float32Array,
  index: Uint8Array | null,
  centers: Float32Array,
  m: Float32Array,
  planes: number,
): number {
  const taps = m.length / planes;
  const perTap = c.length / taps;
  let error = 0;
  let norm = 0;
  for (let at = 0; at < c.length; at++) {
    const tap = Math.floor(at / perTap);
    const value = c[at]!;
    const binary = index ? centers[index[at]!]! : value;
    norm += value * value;
    for (let plane = 0; plane < planes; plane++) error += (value - binary * m[plane * taps + tap]!) ** 2;
  }
  return norm === 0 ? 0 : Math.sqrt(error / (planes * norm));
}

/** Looks at the filters of all MCconv layers; remembers which center each weight had, to tell the flip rate. */
export class FilterObserver {
  readonly #assigned = new Map<string, Uint8Array>();

  constructor(private readonly model: TrainableModel) {}

  /**
   * One moment of all filters; null when some are no numbers any more, which the next step reports. Reads the weights from the device;
   * changes nothing.
   */
  async snapshot(step: number): Promise<FiltersEvent | null> {
    const layers: LayerFilters[] = [];
    for (const node of mcconvNodes(this.model.network)) {
      const layer = await this.#layer(node);
      if (!Number.isFinite(layer.reconstructionError)) return null;
      layers.push(layer);
    }
    return { type: 'filters', step, layers };
  }

  async #layer(node: NetworkNodeOf<'mcconv'>): Promise<LayerFilters> {
    const c = (await this.model.weights.get(node.id, 'C').data()) as Float32Array;
    const modulation = Float32Array.from(await this.model.weights.get(node.id, 'M').data());
    const centers = this.model.centers.get(node.id) ?? new Float32Array(0);
    const index = centers.length > 0 ? assignCenters(c, centers) : null;
    const before = this.#assigned.get(node.id);
    if (index) this.#assigned.set(node.id, index);
    const { planes, kernel } = node.values;
    return {
      node: node.id,
      name: node.name,
      planes,
      kernel,
      modulation,
      centers: centers.slice(),
      histogram: histogram(c),
      centerShares: shares(index, centers.length),
      flipRate: index && before ? flips(index, before) : null,
      reconstructionError: reconstructionError(c, index, centers, modulation, planes),
      planeCorrelation: planeCorrelation(modulation, planes),
    };
  }
}

function shares(index: Uint8Array | null, count: number): Float32Array {
  const counts = new Float64Array(count);
  if (index) for (const center of index) counts[center]! += 1;
  return Float32Array.from(counts, (each) => each / (index?.length ?? 1));
}

function flips(now: Uint8Array, before: Uint8Array): number {
  let changed = 0;
  for (let at = 0; at < now.length; at++) if (now[at] !== before[at]) changed += 1;
  return changed / now.length;
}
