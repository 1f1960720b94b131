import { mcconvNodes, type Network } from '../network/network';
import { nodeWeights, weightSize } from '../network/profile';
import { LEDGER_KINDS, type Ledger, type LedgerKind } from './ledger';
import { DTYPE_BYTES, nodeTensors } from './tensors';

type Row = Ledger['rows'][number];

const FILTER_KINDS: ReadonlySet<LedgerKind> = new Set(['bits', 'm-filter', 'centers', 'float-filter']);

/** One row per layer and kind, in the order of the layers and of {@link LEDGER_KINDS}. */
function layerRows(network: Network): Row[] {
  return network.nodes.flatMap((node) => {
    const own = nodeTensors(node);
    return LEDGER_KINDS.flatMap((kind): Row[] => {
      const parts = own.filter((tensor) => tensor.kind === kind);
      if (parts.length === 0) return [];
      const sum = (key: 'bytes' | 'floatBytes'): number =>
        parts.reduce((total, part) => total + part[key], 0);
      return [{ node: node.id, name: node.name, kind, bytes: sum('bytes'), floatBytes: sum('floatBytes') }];
    });
  });
}

/** Bytes of C as float32 and of the reconstructed Q = C^ M, over all modulated convolutions. */
function unpackedFilters(network: Network): { float: number; reconstructed: number } {
  const sizes = mcconvNodes(network).map((node) => {
    const filter = nodeWeights(node).find((spec) => spec.role === 'filter')!;
    const float = weightSize(filter) * DTYPE_BYTES.F32;
    return { float, reconstructed: float * node.values.planes };
  });
  const sum = (key: 'float' | 'reconstructed'): number => sizes.reduce((total, size) => total + size[key], 0);
  return { float: sum('float'), reconstructed: sum('reconstructed') };
}

/**
 * Where the bytes of a packed file go (mcn.md, section 8). A function of the network and of the length of its header, because all
 * else follows from the shapes.
 *
 * @param headerBytes bytes before the data
 */
export function makeLedger(network: Network, headerBytes: number): Ledger {
  const header: Row = {
    node: null,
    name: 'Header',
    kind: 'header',
    bytes: headerBytes,
    floatBytes: headerBytes,
  };
  const rows = [...layerRows(network), header];
  const total = (key: 'bytes' | 'floatBytes', kept: (row: Row) => boolean = () => true): number =>
    rows.filter(kept).reduce((sum, row) => sum + row[key], 0);
  const filters = unpackedFilters(network);
  return {
    rows,
    filterBytes: total('bytes', (row) => FILTER_KINDS.has(row.kind)),
    filterFloatBytes: filters.float,
    filterReconstructedBytes: filters.reconstructed,
    fileBytes: total('bytes'),
    fileFloatBytes: total('floatBytes'),
  };
}
