import { LEDGER_KINDS, type Ledger, type LedgerKind } from '@shared/packed/ledger';

/** Bytes of one kind, over all layers. */
export interface LedgerPart {
  kind: LedgerKind;
  label: string;
  /** What these bytes are, in plain words. */
  about: string;
  bytes: number;
  floatBytes: number;
  /** Of the whole file, 0 to 1. */
  share: number;
}

const WORDS: Readonly<Record<LedgerKind, { label: string; about: string }>> = {
  bits: { label: 'Bits', about: 'binarized filters Ĉ, packed' },
  'm-filter': { label: 'M-Filters', about: 'one per modulated convolution, float' },
  centers: { label: 'Centers', about: 'what a bit stands for in each layer, float' },
  'float-filter': { label: 'Float filters', about: 'C of modulated convolutions that are not binary' },
  conv: { label: 'Convolutions', about: 'kernels of ordinary convolutions, float' },
  'batch-norm': { label: 'Batch norm', about: 'scale, shift and running statistics, float' },
  dense: { label: 'Dense', about: 'weights and biases of dense layers, float' },
  header: { label: 'Header', about: 'the network and its data, as readable JSON' },
};

/** A ledger summed up by kind, in the order of the kinds; kinds without a row are left out. */
export function ledgerParts(ledger: Ledger): LedgerPart[] {
  return LEDGER_KINDS.flatMap((kind) => {
    const rows = ledger.rows.filter((row) => row.kind === kind);
    if (rows.length === 0) return [];
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    const floatBytes = rows.reduce((sum, row) => sum + row.floatBytes, 0);
    return [{ kind, ...WORDS[kind], bytes, floatBytes, share: bytes / ledger.fileBytes }];
  });
}
