import { BLOCK_INPUT, type BlockPart } from '@shared/blocks/definition';
import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import { groupTree, isGroup, type GroupTree } from '@shared/graph/groups';

/** A part of an open block as it is shown: read-only, derived from the block's fields. */
export interface ShownPart {
  block: string;
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
  /** The shown node of the document that stands for a node or part: itself, the closed group around it, the block it is a part of. */
  standIn(id: string): string | null;
}

/** The parts of an open block; null when they are not known, or the block is closed. */
export type PartsOf = (node: GraphNode) => readonly BlockPart[] | null;

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
  readonly #blocks = new Map<string, OpenBlock>();
  readonly #joined = new Set<string>();

  constructor(
    readonly document: GraphDocument,
    partsOf: PartsOf,
  ) {
    this.nodes = new Map(document.nodes.toReversed().map((node) => [node.id, node]));
    this.tree = groupTree(document);
    for (const node of document.nodes) {
      if (this.nodes.get(node.id) === node) this.#showNode(node, partsOf);
    }
    for (const edge of document.edges) this.#showEdge(edge);
  }

  #showNode(node: GraphNode, partsOf: PartsOf): void {
    if (this.standIn(node.id) !== node.id) return;
    this.shown.push(withParent(node, this.tree.groupOf(node.id)));
    const parts = node.open && !isGroup(node) ? partsOf(node) : null;
    if (parts) this.#showParts(node, parts);
  }

  #showParts(block: GraphNode, parts: readonly BlockPart[]): void {
    const cards = new Map<string, string>();
    for (const part of parts) {
      const id = freeId(`${block.id}/${part.id}`, new Set([...this.nodes.keys(), ...this.parts.keys()]));
      const { type, name, fields } = part;
      cards.set(part.id, id);
      this.parts.set(id, { block: block.id, part });
      this.shown.push({ id, type, name, fields, parent: block.id });
      part.inputs.forEach((input, port) => {
        const from = cards.get(input);
        if (from !== undefined) this.#draw({ id: `${id}:${port}`, from, to: id, port: 'in' }, from);
      });
    }
    this.#blocks.set(block.id, { parts, cards });
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
      part.inputs.includes(BLOCK_INPUT) ? [block.cards.get(part.id)!] : [],
    );
  }

  #exitOf(id: string): string {
    const block = this.#blocks.get(id);
    return block ? block.cards.get(block.parts.at(-1)!.id)! : id;
  }

  #showEdge(edge: GraphEdge): void {
    const start = this.standIn(edge.from);
    const end = this.standIn(edge.to);
    if (start === null || end === null) return;
    const isLifted = start !== edge.from || end !== edge.to;
    const pair = JSON.stringify([start, end]);
    // Inside a closed group nothing is drawn; several connections of one are a single line.
    if (isLifted && (start === end || this.#joined.has(pair))) return;
    this.#joined.add(pair);
    const from = this.#exitOf(start);
    const output = this.parts.has(from) ? from : edge.from;
    this.#entriesOf(end).forEach((to, index) => {
      const id = index === 0 ? edge.id : `${edge.id}:${index}`;
      this.#draw({ ...edge, id, from, to }, output);
    });
  }

  standIn(id: string): string | null {
    const owner = this.parts.get(id)?.block ?? id;
    return this.nodes.has(owner) ? closedAround(owner, this.tree, this.nodes) : null;
  }
}

/**
 * What is to be seen of a design: closed groups as one card, open ones as frames around what is inside, open blocks as frames around
 * their parts. Of nodes with the same id the first is shown; connections to nodes that are not there are not.
 */
export function shownDesign(document: GraphDocument, partsOf: PartsOf): ShownDesign {
  const showing = new Showing(document, partsOf);
  return {
    graph: { ...document, nodes: showing.shown, edges: showing.lines },
    parts: showing.parts,
    outputs: showing.outputs,
    standIn: (id) => showing.standIn(id),
  };
}
