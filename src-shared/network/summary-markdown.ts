import { shapeText } from '../ops/shape';
import { exactBytes, formatRatio } from '../words/format-bytes';
import { exactCount } from '../words/format-count';
import { markdownTable } from '../words/markdown-table';
import type { ModelSummary, SummaryRow } from './model-summary';

const COLUMNS = [
  { head: 'Layer', align: 'left' },
  { head: 'Type', align: 'left' },
  { head: 'Output', align: 'left' },
  { head: '1-bit weights', align: 'right' },
  { head: '32-bit weights', align: 'right' },
  { head: 'Bytes', align: 'right' },
  { head: 'Multiply-adds', align: 'right' },
  { head: 'dense', align: 'right' },
] as const;

/** A number, or nothing for none. */
function figure(value: number): string {
  return value === 0 ? '' : exactCount(value);
}

/** "605,520", "605,520 × 2 bit" for more than two centers, nothing for none. */
export function binaryText({ binaryWeights, bits }: Pick<SummaryRow, 'binaryWeights' | 'bits'>): string {
  if (binaryWeights === 0) return '';
  return bits === 1 ? exactCount(binaryWeights) : `${exactCount(binaryWeights)} × ${bits} bit`;
}

/** Whole file against the same weights as float32, in words: "606,240 B as float32, 31.0× smaller". */
export function ratioText({ bytes, floatBytes }: Pick<ModelSummary, 'bytes' | 'floatBytes'>): string {
  if (bytes === floatBytes) return `${exactBytes(floatBytes)} as float32`;
  return `${exactBytes(floatBytes)} as float32, ${formatRatio(floatBytes / bytes)} smaller`;
}

/** The summary as a Markdown table under the model's name, to paste into a paper's draft, an issue or a README. */
export function summaryMarkdown(name: string, summary: ModelSummary): string {
  const rows = summary.rows.map((row) => [
    row.name,
    row.layer,
    shapeText(row.shape),
    binaryText(row),
    figure(row.floatWeights),
    figure(row.bytes),
    figure(row.multiplyAdds),
    figure(row.denseMultiplyAdds),
  ]);
  const total = [
    '**Total**',
    '',
    '',
    figure(summary.binaryWeights),
    figure(summary.floatWeights),
    figure(summary.bytes),
    figure(summary.multiplyAdds),
    figure(summary.denseMultiplyAdds),
  ];
  const table = markdownTable(COLUMNS, [...rows, total]);
  return [`## ${name}`, '', ...table, '', `${ratioText(summary)}.`, ''].join('\n');
}
