import { FAMILY_NAMES } from '../graph/family';
import { shapeText } from '../ops/shape';
import { csvText } from '../words/csv-text';
import { exactCount } from '../words/format-count';
import { markdownTable, type MarkdownColumn } from '../words/markdown-table';
import type { TwinDifference } from './twin-difference';
import {
  baseFamily,
  isSum,
  shareText,
  shownTexts,
  sumOf,
  TWIN_FIGURES,
  type FigureKey,
} from './twin-figures';
import { shownRows, type ShownTwinRow, type TwinWishes } from './twin-view';

/** A part is told from the layers of the document by where it belongs. */
function nameOf({ row, isPart }: ShownTwinRow): string {
  return isPart ? `· ${row.name}` : row.name;
}

/** What is shown of a comparison as a Markdown table under a name, with totals and how they compare to the first twin. */
export function twinMarkdown(name: string, difference: TwinDifference, wishes: TwinWishes): string {
  const { families } = wishes;
  const columns = TWIN_FIGURES.flatMap(({ key, label }) =>
    families.map((family): MarkdownColumn => ({
      head: `${label} ${FAMILY_NAMES[family]}`,
      align: isSum(key) ? 'right' : 'left',
    })),
  );
  const rows = shownRows(difference, wishes).map((shown) => [
    nameOf(shown),
    ...TWIN_FIGURES.flatMap((figure) => shownTexts(figure, shown.row, difference, families)),
  ]);
  const foot = (label: string, text: (value: number, key: FigureKey) => string): string[] => [
    label,
    ...TWIN_FIGURES.flatMap(({ key }) =>
      families.map((family) => {
        const own = sumOf(difference, family, key);
        return own === null ? '' : text(own, key);
      }),
    ),
  ];
  const base = baseFamily(difference, families);
  const total = foot('**Total**', exactCount);
  const share = foot(`Against ${FAMILY_NAMES[base]}`, (value, key) =>
    shareText(value, sumOf(difference, base, key) ?? 0),
  );
  const table = markdownTable([{ head: 'Layer', align: 'left' }, ...columns], [...rows, total, share]);
  return [`## ${name}`, '', ...table, ''].join('\n');
}

/** What is shown of a comparison as CSV, one line a layer and twin: numbers without separators. */
export function twinCsv(difference: TwinDifference, wishes: TwinWishes): string {
  const head = ['layer', 'part', 'twin', 'kind', 'output', 'binary weights', 'bits', 'float weights'];
  const names = new Map(difference.rows.map((row) => [row.node, row.name]));
  const lines = shownRows(difference, wishes).flatMap(({ row, isPart }) =>
    wishes.families.flatMap((family) => {
      const cell = row.cells[family];
      if (!cell) return [];
      const { kind, shape, binaryWeights, bits, floatWeights, bytes, multiplyAdds } = cell;
      const layer = [names.get(row.node)!, isPart ? row.name : '', FAMILY_NAMES[family]];
      return [[...layer, kind, shapeText(shape), binaryWeights, bits, floatWeights, bytes, multiplyAdds]];
    }),
  );
  return csvText([[...head, 'bytes', 'multiply-adds'], ...lines]);
}
