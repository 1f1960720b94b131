import { z } from 'zod';

/** What the bytes of a packed file are spent on. `header` is the safetensors header with the network in it. */
export const LEDGER_KINDS = [
  'bits',
  'm-filter',
  'centers',
  'float-filter',
  'conv',
  'batch-norm',
  'dense',
  'header',
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

const bytes = z.int().nonnegative();

/**
 * Where the bytes of a packed file go, and the two honest ratios.
 *
 * filterBytes = bits + M-Filters + centers of all MCconv layers; filterFloatBytes = 4 |C|, what C takes as float32;
 * filterReconstructedBytes = 4 K |C|, what the reconstructed Q takes; fileBytes the whole file as written;
 * fileFloatBytes the same file with float32 C instead of bits and centers (header included).
 */
export const ledgerSchema = z.object({
  rows: z.array(
    z.object({
      /** Network node, or null for the header. */
      node: z.string().nullable(),
      name: z.string(),
      kind: z.enum(LEDGER_KINDS),
      bytes,
      /** What this row would take in a float32 file. */
      floatBytes: bytes,
    }),
  ),
  filterBytes: bytes,
  filterFloatBytes: bytes,
  filterReconstructedBytes: bytes,
  fileBytes: bytes,
  fileFloatBytes: bytes,
});

export type Ledger = z.infer<typeof ledgerSchema>;

/** How many times smaller the filters are than float32 C; null without modulated convolutions. */
export function filterRatio(ledger: Ledger): number | null {
  return ledger.filterBytes === 0 ? null : ledger.filterFloatBytes / ledger.filterBytes;
}

/** How many times smaller the whole file is. */
export function fileRatio(ledger: Ledger): number {
  return ledger.fileFloatBytes / ledger.fileBytes;
}
