import type { LayerFilters } from '@shared/training/engine-event';
import { planeRows } from './plane-rows';

/** A cell of a CSV file (RFC 4180): quoted where it must be. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The values of M-Filters as CSV with one value a line: layer, plane, y, x (from 0) and M at full precision. */
export function modulationCsv(
  layers: readonly Pick<LayerFilters, 'name' | 'modulation' | 'kernel' | 'planes'>[],
): string {
  const lines = ['layer,plane,y,x,value'];
  for (const layer of layers) {
    for (let plane = 0; plane < layer.planes; plane++) {
      planeRows(layer, plane).forEach((row, y) => {
        row.forEach((value, x) => lines.push([cell(layer.name), plane, y, x, value].join(',')));
      });
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}
