import type { Problem } from '../problem';
import type { LayerFilters } from './engine-event';
import { areCopies } from './plane-correlation';

/** Largest entry of a plane of an M-Filter below which it passes nothing on: it starts at 0.5 to 1.5. */
const ZERO_PLANE = 1e-4;

function copied({ name, node }: LayerFilters, correlation: number): Problem {
  return {
    code: 'planes-equal',
    message: `The planes of the M-Filter of ${name} are copies of each other (mean correlation ${correlation.toFixed(5)}).`,
    fix: 'Start the M-Filters drawn instead of from ones.',
    node,
    severity: 'warning',
  };
}

function starved({ name, node, centers }: LayerFilters, at: number): Problem {
  const center = centers[at]!.toPrecision(3);
  return {
    code: 'filters-starved',
    message: `All filters of ${name} have fallen to one center (${center}): the layer is starved, its bits say nothing.`,
    fix: 'Lower the weight decay or the filter rate, or refit the centers more often.',
    node,
    severity: 'warning',
  };
}

function collapsed({ name, node, planes: count }: LayerFilters, planes: readonly number[]): Problem {
  const which =
    planes.length === count
      ? `The M-Filter of ${name} has`
      : `${planes.length === 1 ? 'Plane' : 'Planes'} ${planes.join(', ')} of the M-Filter of ${name} ${planes.length === 1 ? 'has' : 'have'}`;
  return {
    code: 'm-filter-zero',
    message: `${which} collapsed to zero: nothing gets through.`,
    fix: 'Lower the M-Filter rate, or start again with another seed.',
    node,
    severity: 'warning',
  };
}

/** Planes, from 1, whose largest entry is next to nothing. */
function zeroPlanes({ modulation, planes }: LayerFilters): number[] {
  const size = modulation.length / planes;
  return Array.from({ length: planes }, (_, plane) => plane)
    .filter((plane) =>
      modulation.subarray(plane * size, (plane + 1) * size).every((m) => Math.abs(m) < ZERO_PLANE),
    )
    .map((plane) => plane + 1);
}

/**
 * What is wrong with the filters of a layer: planes that are copies of each other, all weights at one center, planes of the M-Filter
 * that are zero. At most one warning of each code.
 */
export function filterWarnings(layer: LayerFilters): Problem[] {
  const warnings: Problem[] = [];
  if (areCopies(layer.planeCorrelation)) warnings.push(copied(layer, layer.planeCorrelation));
  const only = layer.centerShares.indexOf(1);
  if (only >= 0) warnings.push(starved(layer, only));
  const zero = zeroPlanes(layer);
  if (zero.length > 0) warnings.push(collapsed(layer, zero));
  return warnings;
}
