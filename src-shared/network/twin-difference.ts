import { nodeKind } from '../blocks/node-kinds';
import type { GraphDocument, GraphNode } from '../graph/document';
import { FAMILIES, type Family } from '../graph/family';
import { layersOf } from '../graph/groups';
import type { Shape } from '../ops/shape';
import type { Problem } from '../problem';
import { isError, lower } from './lower';
import { modelSummary, type ModelSummary, type SummaryRow } from './model-summary';
import type { NetworkNode } from './network';

/** What a layer is in one twin. */
export interface TwinCell {
  /** Name of its type for people. */
  kind: string;
  /** Output shape; in a group that repeats that of the last copy. */
  shape: Shape;
  binaryWeights: number;
  /** In how many bits those are stored; 0 where there are none. */
  bits: number;
  floatWeights: number;
  /** Payload in the packed file. */
  bytes: number;
  /** Per image, forward; the cheaper form. */
  multiplyAdds: number;
}

/** A layer of a design in all twins; null in those that cannot be built or have no such layer. */
export interface TwinRow {
  id: string;
  /** The node of the document that it comes from. */
  node: string;
  name: string;
  cells: Readonly<Record<Family, TwinCell | null>>;
  /** What a block or a repeated layer consists of; empty for a single layer. */
  parts: readonly TwinRow[];
}

/** A design as one twin; without a summary when it cannot be built as this one, and why. */
export interface Twin {
  summary: ModelSummary | null;
  problems: readonly Problem[];
}

/** The twins of a design side by side. */
export interface TwinDifference {
  twins: Readonly<Record<Family, Twin>>;
  rows: readonly TwinRow[];
}

/** A lowered layer with what it costs. */
interface Part {
  node: NetworkNode;
  row: SummaryRow;
}

/** Lowered layers by the document node that they come from, in the order of computation. */
type PartsByNode = ReadonlyMap<string, readonly Part[]>;

/** What a document node is called in a family: the MCN block becomes the WRN block, a primitive what it was lowered to. */
function kindOf(node: GraphNode, parts: readonly Part[], family: Family): string {
  const type = node.type === 'mcn-basic' && family === 'wrn' ? 'wrn-basic' : node.type;
  const kind = nodeKind(type);
  return kind && !kind.isBlock ? parts.at(-1)!.row.layer : (kind?.label ?? node.type);
}

function cellOf(kind: string, parts: readonly Part[]): TwinCell {
  const sum = (figure: 'binaryWeights' | 'floatWeights' | 'bytes' | 'multiplyAdds'): number =>
    parts.reduce((total, { row }) => total + row[figure], 0);
  return {
    kind,
    shape: parts.at(-1)!.row.shape,
    binaryWeights: sum('binaryWeights'),
    bits: Math.max(...parts.map(({ row }) => row.bits)),
    floatWeights: sum('floatWeights'),
    bytes: sum('bytes'),
    multiplyAdds: sum('multiplyAdds'),
  };
}

function inEachFamily<T>(value: (family: Family) => T): Record<Family, T> {
  return Object.fromEntries(FAMILIES.map((family) => [family, value(family)])) as Record<Family, T>;
}

/** What a part is called inside of its document node: "block 1 / conv 1" of "Stage 1 / block 1 / conv 1". */
function partName(name: string, owner: GraphNode): string {
  if (name.startsWith(`${owner.name} / `)) return name.slice(owner.name.length + 3);
  return name.startsWith(`${owner.name} #`) && name.includes(' / ')
    ? name.slice(owner.name.length + 1)
    : name;
}

/** The lowered layers of a document node in all families, in the order of the family that has the most of them. */
function partRows(owner: GraphNode, byFamily: Readonly<Record<Family, readonly Part[]>>): TwinRow[] {
  const lists = FAMILIES.map((family) => byFamily[family]).toSorted((a, b) => b.length - a.length);
  const names = new Map(
    lists
      .flat()
      .toReversed()
      .map(({ node }) => [node.id, node.name]),
  );
  const order = new Set(lists.flat().map(({ node }) => node.id));
  const byId = inEachFamily((family) => new Map(byFamily[family].map((part) => [part.node.id, part])));
  return [...order].map((id): TwinRow => {
    const cell = (part: Part | undefined): TwinCell | null => (part ? cellOf(part.row.layer, [part]) : null);
    return {
      id,
      node: owner.id,
      name: partName(names.get(id)!, owner),
      cells: inEachFamily((family) => cell(byId[family].get(id))),
      parts: [],
    };
  });
}

function rowOf(node: GraphNode, lowered: Readonly<Record<Family, PartsByNode>>): TwinRow {
  const parts = inEachFamily((family) => lowered[family].get(node.id) ?? []);
  const single = FAMILIES.every((family) => parts[family].length <= 1);
  return {
    id: node.id,
    node: node.id,
    name: node.name,
    cells: inEachFamily((family) =>
      parts[family].length > 0 ? cellOf(kindOf(node, parts[family], family), parts[family]) : null,
    ),
    parts: single ? [] : partRows(node, parts),
  };
}

/** Layers in the order of computation, as far as a twin could be built; otherwise as they stand in the document. */
function inOrder(document: GraphDocument, lowered: Readonly<Record<Family, PartsByNode>>): GraphNode[] {
  const built = FAMILIES.find((family) => lowered[family].size > 0);
  const layers = layersOf(document);
  if (!built) return layers;
  const byId = new Map(layers.map((node) => [node.id, node]));
  return [...lowered[built].keys()].map((id) => byId.get(id)!);
}

/**
 * A design as MCN, U-MCN and WRN, layer by layer: what each layer is there, what it gives, stores and computes. Layers that do not lead to
 * Output are left out, as they are in the networks.
 */
export function twinDifference(document: GraphDocument): TwinDifference {
  const built = inEachFamily((family) => {
    const { network, problems } = lower(document, family);
    return { network, summary: network && modelSummary(network), problems: problems.filter(isError) };
  });
  const lowered = inEachFamily((family): PartsByNode => {
    const { network, summary } = built[family];
    const byNode = new Map<string, Part[]>();
    for (const [index, node] of (network?.nodes ?? []).entries()) {
      const parts = byNode.get(node.origin) ?? [];
      parts.push({ node, row: summary!.rows[index]! });
      byNode.set(node.origin, parts);
    }
    return byNode;
  });
  return {
    twins: inEachFamily((family) => ({
      summary: built[family].summary,
      problems: built[family].problems,
    })),
    rows: inOrder(document, lowered).map((node) => rowOf(node, lowered)),
  };
}
