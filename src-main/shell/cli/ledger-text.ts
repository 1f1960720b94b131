import { fileRatio, filterRatio, LEDGER_KINDS, type Ledger, type LedgerKind } from '@shared/packed/ledger';
import { exactBytes } from '@shared/words/format-bytes';
import { textTable } from './text-table';

const NAMES: Readonly<Record<LedgerKind, string>> = {
  bits: 'Binary filters',
  'm-filter': 'M-Filters',
  centers: 'Centers',
  'float-filter': 'Float filters C',
  conv: 'Convolutions',
  'batch-norm': 'Batch norm',
  dense: 'Dense layers',
  header: 'Header',
};

/** Where the bytes of a packed file go, and both ratios, as lines. */
export function ledgerText(ledger: Ledger): string[] {
  const rows = LEDGER_KINDS.flatMap((kind) => {
    const bytes = ledger.rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.bytes, 0);
    return bytes === 0 ? [] : [[NAMES[kind], exactBytes(bytes)]];
  });
  const filters = filterRatio(ledger);
  return [
    ...textTable([...rows, ['Whole file', exactBytes(ledger.fileBytes)]], [1]),
    '',
    ...(filters === null
      ? ['No modulated convolutions.']
      : [
          `Filters: ${exactBytes(ledger.filterBytes)} instead of ${exactBytes(ledger.filterFloatBytes)}, ${filters.toFixed(1)} times smaller.`,
        ]),
    `Whole file: ${exactBytes(ledger.fileBytes)} instead of ${exactBytes(ledger.fileFloatBytes)}, ${fileRatio(ledger).toFixed(1)} times smaller.`,
  ];
}
