import { BLOCK_INPUT, type BlockPart } from '@shared/blocks/definition';
import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import { groupTree, isGroup, type GroupTree } from '@shared/graph/groups';

/** A part of an open block as it is shown: read-only, derived from the block's fields. */
export interface ShownPart {
  /** The block of the document. */
  block: string;
  /** Ids of the parts that lead to it from the outermost, its own last. */
  path: readonly string[];
  part: BlockPart;
}

/**
 * What a design shows: a graph like the document, in which everything closed is one card, and a frame is a node that others name as their
 * parent. Derived; nothing in it is ever written back.
 */
export interface ShownDesign {
  graph: GraphDocument;
  /** The parts among its cards. */
  parts: ReadonlyMap<string, ShownPart>;
  /** By line the node of the document, or the part, whose output runs along it. */
  outputs: ReadonlyMap<string, string>;
  /** The connection of the document that a line stands for; null inside of blocks, where lines stand for none. */
  connectionOf(line: string): string | null;
  /** The lines that stand for a connection, alone or with others; none inside something closed. */
  linesOf(connection: string): readonly string[];
  /** The shown node of the document that stands for a node or part: itself, the closed group around it, the block it is a part of. */
  standIn(id: string): string | null;
}

/** What open blocks are made of; null when that is not known, or the block is closed. */
export interface Insides {
  ofBlock(node: GraphNode): readonly BlockPart[] | null;
  /** Of a part of an open block, which `card` names. */
  ofPart(shown: ShownPart, card: string): readonly BlockPart[] | null;
}

interface OpenBlock {
  parts: readonly BlockPart[];
  /** Ids of the parts' cards, by the part's own. */
  cards: ReadonlyMap<string, string>;
}

/** The outermost closed group around a node, or the node. */
function closedAround(id: string, tree: GroupTree, nodes: ReadonlyMap<string, GraphNode>): string {
  return tree.around(id).findLast((group) => !nodes.get(group)!.open) ?? id;
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  return taken.has(wanted) ? freeId(`${wanted}'`, taken) : wanted;
}

/** The node with the parent that makes sense instead of the one it names. */
function withParent(node: GraphNode, parent: string | null): GraphNode {
  const shown: { -readonly [K in keyof GraphNode]: GraphNode[K] } = { ...node };
  if (parent === null) delete shown.parent;
  else shown.parent = parent;
  return shown;
}

class Showing {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly tree: GroupTree;
  readonly shown: GraphNode[] = [];
  readonly parts = new Map<string, ShownPart>();
  readonly lines: GraphEdge[] = [];
  readonly outputs = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #blocks = new Map<string, OpenBlock>();
  /** By shown ends the connection whose lines stand for all between them. */
  readonly #joined = new Map<string, string>();
  readonly #connections = new Map<string, string>();
  readonly #lines = new Map<string, readonly string[]>();

  constructor(
    readonly document: GraphDocument,
    readonly insides: Insides,
  ) {
    this.nodes = new Map(document.nodes.toReversed().map((node) => [node.id, node]));
    this.tree = groupTree(document);
    this.#taken = new Set(this.nodes.keys());
    for (const node of document.nodes) {
      if (this.nodes.get(node.id) === node) this.#showNode(node);
    }
    for (const edge of document.edges) this.#showEdge(edge);
  }

  #showNode(node: GraphNode): void {
    if (this.standIn(node.id) !== node.id) return;
    this.shown.push(withParent(node, this.tree.groupOf(node.id)));
    const parts = node.open && !isGroup(node) ? this.insides.ofBlock(node) : null;
    if (parts) this.#showParts(node.id, node.id, [], parts);
  }

  /** The parts of a block, or of a part (`frame`) of one, with what is open in them. */
  #showParts(frame: string, block: string, around: readonly string[], parts: readonly BlockPart[]): void {
    const cards = new Map<string, string>();
    this.#blocks.set(frame, { parts, cards });
    for (const part of parts) {
      const id = freeId(`${frame}/${part.id}`, this.#taken);
      this.#taken.add(id);
      const { type, name, fields } = part;
      const shown = { block, path: [...around, part.id], part };
      cards.set(part.id, id);
      this.parts.set(id, shown);
      this.shown.push({ id, type, name, fields, parent: frame });
      const inner = this.insides.ofPart(shown, id);
      if (inner) this.#showParts(id, block, shown.path, inner);
    }
    for (const part of parts) {
      const to = cards.get(part.id)!;
      part.inputs.forEach((input, port) => {
        const before = cards.get(input);
        if (before !== undefined) this.#drawInside(before, to, `${to}:${port}`);
      });
    }
  }

  #drawInside(before: string, behind: string, line: string): void {
    const from = this.#exitOf(before);
    this.#entriesOf(behind).forEach((to, index) => {
      this.#draw({ id: index === 0 ? line : `${line}:${index}`, from, to, port: 'in' }, from);
    });
  }

  #draw(line: GraphEdge, output: string): void {
    this.lines.push(line);
    this.outputs.set(line.id, output);
  }

  /** The cards that a connection to a shown node leads to: itself, or the parts of an open block that read its input. */
  #entriesOf(id: string): string[] {
    const block = this.#blocks.get(id);
    if (!block) return [id];
    return block.parts.flatMap((part) =>
      part.inputs.includes(BLOCK_INPUT) ? this.#entriesOf(block.cards.get(part.id)!) : [],
    );
  }

  #exitOf(id: string): string {
    const block = this.#blocks.get(id);
    return block ? this.#exitOf(block.cards.get(block.parts.at(-1)!.id)!) : id;
  }

  #showEdge(edge: GraphEdge): void {
    const start = this.standIn(edge.from);
    const end = this.standIn(edge.to);
    if (start === null || end === null) return;
    const isLifted = start !== edge.from || end !== edge.to;
    const pair = JSON.stringify([start, end]);
    // Inside a closed group nothing is drawn; several connections of one are a single line.
    if (isLifted && start === end) return;
    const joined = this.#joined.get(pair);
    if (isLifted && joined !== undefined) {
      this.#lines.set(edge.id, this.#lines.get(joined)!);
      return;
    }
    this.#joined.set(pair, edge.id);
    const from = this.#exitOf(start);
    const output = this.parts.has(from) ? from : edge.from;
    const ids = this.#entriesOf(end).map((to, index) => {
      const id = index === 0 ? edge.id : `${edge.id}:${index}`;
      this.#draw({ ...edge, id, from, to }, output);
      this.#connections.set(id, edge.id);
      return id;
    });
    this.#lines.set(edge.id, ids);
  }

  connectionOf(line: string): string | null {
    return this.#connections.get(line) ?? null;
  }

  linesOf(connection: string): readonly string[] {
    return this.#lines.get(connection) ?? [];
  }

  standIn(id: string): string | null {
    const owner = this.parts.get(id)?.block ?? id;
    return this.nodes.has(owner) ? closedAround(owner, this.tree, this.nodes) : null;
  }
}

/**
 * What is to be seen of a design: closed groups as one card, open ones as frames around what is inside, open blocks as frames around
 * their parts, and open parts around theirs. Of nodes with the same id the first is shown; connections to nodes that are not there are not.
 */
export function shownDesign(document: GraphDocument, insides: Insides): ShownDesign {
  const showing = new Showing(document, insides);
  return {
    graph: { ...document, nodes: showing.shown, edges: showing.lines },
    parts: showing.parts,
    outputs: showing.outputs,
    connectionOf: (line) => showing.connectionOf(line),
    linesOf: (connection) => showing.linesOf(connection),
    standIn: (id) => showing.standIn(id),
  };
}
