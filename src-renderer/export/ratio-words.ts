import { fileRatio, filterRatio, type Ledger } from '@shared/packed/ledger';
import { exactBytes, formatBytes, formatRatio } from '@shared/words/format-bytes';
import { formatPercent } from '@shared/words/format-percent';
import { ledgerParts } from './ledger-parts';

/** One of the two honest ratios. */
export interface RatioWords {
  figure: string;
  label: string;
  meaning: string;
}

/** What compression made of the filters of modulated convolutions; null in a network without them. */
export function filterRatioWords(ledger: Ledger): RatioWords | null {
  const ratio = filterRatio(ledger);
  if (ratio === null) return null;
  const meaning = ledger.rows.some((row) => row.kind === 'bits')
    ? `${exactBytes(ledger.filterBytes)} of bits, M-Filters and centers instead of ${formatBytes(ledger.filterFloatBytes)} of float filters (${formatBytes(ledger.filterReconstructedBytes)} if every plane were stored).`
    : `${exactBytes(ledger.filterBytes)}: the filters of this network are float, so nothing is saved.`;
  return { figure: formatRatio(ratio), label: 'smaller filters', meaning };
}

/** What it made of the whole file, and what weighs most in it. */
export function fileRatioWords(ledger: Ledger): RatioWords {
  const heaviest = ledgerParts(ledger).reduce((most, part) => (part.bytes > most.bytes ? part : most));
  const comparison =
    ledger.fileBytes === ledger.fileFloatBytes
      ? 'as with float filters'
      : `instead of ${formatBytes(ledger.fileFloatBytes)}`;
  const meaning = `${exactBytes(ledger.fileBytes)} ${comparison}. Heaviest part: ${heaviest.label}, ${formatPercent(heaviest.share, 0)} of the file.`;
  return { figure: formatRatio(fileRatio(ledger)), label: 'smaller file', meaning };
}
