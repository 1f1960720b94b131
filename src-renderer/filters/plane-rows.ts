import type { LayerFilters } from '@shared/training/engine-event';

/** Plane `plane` of a layer's M-Filter as rows of values, [y][x]. */
export function planeRows(layer: Pick<LayerFilters, 'modulation' | 'kernel'>, plane: number): number[][] {
  const { modulation, kernel } = layer;
  const start = plane * kernel * kernel;
  return Array.from({ length: kernel }, (_, y) =>
    Array.from(modulation.subarray(start + y * kernel, start + (y + 1) * kernel)),
  );
}
