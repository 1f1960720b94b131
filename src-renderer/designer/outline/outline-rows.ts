import { isBlockType } from '@shared/blocks/index';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { groupTree, isGroup } from '@shared/graph/groups';
import type { ShownDesign } from '../groups/shown-design';
import { flowOrder } from './flow-order';

/** A row of the outline: a layer, block, group or part of an open block; or a connection, below the layer that reads along it. */
export interface OutlineRow {
  /** Unlike all others: ids of nodes and connections may be the same. */
  key: string;
  kind: 'node' | 'connection';
  id: string;
  /** From 1 at the top. */
  level: number;
  /** Its place among its siblings, from 1, and how many there are. */
  place: number;
  count: number;
  /** Key of the row around it. */
  parent: string | null;
  /** Whether what is inside of it is listed; null: nothing is. */
  open: boolean | null;
  /** Ids of the nodes that it reads; empty when that is just the row before it, and for connections. */
  sources: readonly string[];
}

/** The key of the row of a node or connection. */
export function rowKey(kind: OutlineRow['kind'], id: string): string {
  return `${kind} ${id}`;
}

/** What the rows are made from. */
export interface OutlineSource {
  document: GraphDocument;
  shown: ShownDesign;
  /** Layers whose connections are listed below them. */
  listed: ReadonlySet<string>;
}

interface Item {
  kind: OutlineRow['kind'];
  id: string;
}

class Outline {
  readonly rows: OutlineRow[] = [];
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #children = new Map<string | null, GraphNode[]>();
  readonly #frames = new Map<string, string>();
  readonly #incoming = new Map<string, string[]>();
  readonly #reads = new Map<string, string[]>();
  readonly #ranks: ReadonlyMap<string, number>;

  constructor(readonly source: OutlineSource) {
    const { document, shown } = source;
    this.#nodes = new Map(document.nodes.map((node) => [node.id, node]));
    for (const node of shown.graph.nodes) {
      this.#append(this.#children, node.parent ?? null, node);
      if (node.parent !== undefined) this.#frames.set(node.id, node.parent);
    }
    for (const { id, from, to } of document.edges) {
      this.#append(this.#incoming, to, id);
      this.#append(this.#reads, to, from);
    }
    for (const { from, to } of shown.graph.edges)
      if (shown.parts.has(to)) this.#append(this.#reads, to, from);
    this.#ranks = this.#rank();
    this.#list(null, 1);
  }

  #append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
    const list = lists.get(key);
    if (list) list.push(value);
    else lists.set(key, [value]);
  }

  /** Places in the flow of data; a group's is that of the first layer inside. */
  #rank(): Map<string, number> {
    const tree = groupTree(this.source.document);
    const ranks = new Map<string, number>();
    flowOrder(this.source.document).forEach((id, index) => {
      for (const node of [id, ...tree.around(id)]) if (!ranks.has(node)) ranks.set(node, index);
    });
    return ranks;
  }

  /** What lies directly in a node: the connections that are listed, then what is inside in the order of computation. */
  #inside(frame: string | null): Item[] {
    const nodes = this.#children.get(frame) ?? [];
    // Parts of a block have no rank: they lie in the order in which they compute already.
    const sorted = nodes.toSorted(
      (a, b) => (this.#ranks.get(a.id) ?? Infinity) - (this.#ranks.get(b.id) ?? Infinity) || 0,
    );
    const listed = frame !== null && this.source.listed.has(frame) ? (this.#incoming.get(frame) ?? []) : [];
    return [
      ...listed.map((id): Item => ({ kind: 'connection', id })),
      ...sorted.map(({ id }): Item => ({ kind: 'node', id })),
    ];
  }

  #openness({ kind, id }: Item): boolean | null {
    if (kind === 'connection') return null;
    if (this.#children.has(id)) return true;
    const node = this.#nodes.get(id);
    if (node && isGroup(node)) return node.open ? null : false;
    if (isBlockType((node ?? this.source.shown.parts.get(id)?.part)?.type ?? '')) return false;
    return this.#incoming.has(id) ? this.source.listed.has(id) : null;
  }

  #sources({ kind, id }: Item, before: string | null): readonly string[] {
    const reads = kind === 'node' ? (this.#reads.get(id) ?? []) : [];
    return reads.length === 1 && before !== null && this.#liesIn(reads[0]!, before) ? [] : reads;
  }

  /** Whether a node is another one, or is in it, shown or not. */
  #liesIn(id: string, other: string): boolean {
    const { shown } = this.source;
    let at: string | undefined = shown.parts.has(id) ? id : (shown.standIn(id) ?? undefined);
    while (at !== undefined && at !== other) at = this.#frames.get(at);
    return at === other;
  }

  #list(frame: string | null, level: number): void {
    const items = this.#inside(frame);
    let before: string | null = null;
    items.forEach((item, index) => {
      const row: OutlineRow = {
        ...item,
        key: rowKey(item.kind, item.id),
        level,
        place: index + 1,
        count: items.length,
        parent: frame === null ? null : rowKey('node', frame),
        open: this.#openness(item),
        sources: this.#sources(item, before),
      };
      this.rows.push(row);
      before = item.id;
      if (item.kind === 'node' && row.open) this.#list(item.id, level + 1);
    });
  }
}

/** The rows of a design's outline from top to bottom, as far as they are open. */
export function outlineRows(source: OutlineSource): OutlineRow[] {
  return new Outline(source).rows;
}
