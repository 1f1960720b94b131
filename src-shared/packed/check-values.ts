import type { WeightSpec } from '../ops/definition';

/** What is wrong with the values of a weight, as the rest of a sentence; null when nothing is. */
export function weightFault(spec: WeightSpec, values: Float32Array): string | null {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return `holds ${values[bad]!} at ${bad}, which is no finite number`;
  const neverNegative = spec.role === 'modulation' || (spec.role === 'statistic' && spec.name === 'variance');
  if (!neverNegative) return null;
  const negative = values.findIndex((value) => value < 0);
  return negative < 0 ? null : `holds ${values[negative]!} at ${negative}, but is never negative`;
}

/** What is wrong with the centers of a layer; equal ones are allowed. */
export function centersFault(centers: Float32Array): string | null {
  const bad = centers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return `hold ${centers[bad]!}, which is no finite number`;
  const falling = centers.findIndex((value, index) => index > 0 && value < centers[index - 1]!);
  return falling < 0 ? null : `are not ascending: ${centers[falling]!} follows ${centers[falling - 1]!}`;
}
