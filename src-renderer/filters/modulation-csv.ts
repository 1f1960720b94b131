import type { LayerFilters } from '@shared/training/engine-event';
import { csvText } from '@shared/words/csv-text';
import { planeRows } from './plane-rows';

/** The values of M-Filters as CSV with one value a line: layer, plane, y, x (from 0) and M at full precision. */
export function modulationCsv(
  layers: readonly Pick<LayerFilters, 'name' | 'modulation' | 'kernel' | 'planes'>[],
): string {
  const values = layers.flatMap((layer) =>
    Array.from({ length: layer.planes }, (_, plane) => plane).flatMap((plane) =>
      planeRows(layer, plane).flatMap((row, y) =>
        [...row].map((value, x) => [layer.name, plane, y, x, value]),
      ),
    ),
  );
  return csvText([['layer', 'plane', 'y', 'x', 'value'], ...values]);
}
