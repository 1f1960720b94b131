import fc from 'fast-check';
import type { BlockPart } from '@shared/blocks/definition';
import { isBlockType } from '@shared/blocks/index';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import type { Family } from '@shared/graph/family';
import { blockParts, partsOfPart } from '@shared/network/block-parts';
import { lower } from '@shared/network/lower';
import { shownDesign, type ShownDesign } from '@renderer/designer/groups/shown-design';
import { anyDocument } from './sample-documents';

/** A group of some nodes; `changes` may open it, repeat it or put it into another. */
export function withGroup(
  document: GraphDocument,
  id: string,
  members: readonly string[],
  changes: Partial<GraphNode> = {},
): GraphDocument {
  const group: GraphNode = { id, type: 'group', name: `Group ${id}`, fields: {}, ...changes };
  const nodes = document.nodes.map((node) => (members.includes(node.id) ? { ...node, parent: id } : node));
  return { ...document, nodes: [group, ...nodes] };
}

/** The document with nodes opened. */
export function opened(document: GraphDocument, ...ids: string[]): GraphDocument {
  const nodes = document.nodes.map((node): GraphNode =>
    ids.includes(node.id) ? { ...node, open: true } : node,
  );
  return { ...document, nodes };
}

/** What a block of a document is made of. */
export function partsIn(
  document: GraphDocument,
  node: GraphNode,
  family: Family = 'mcn',
): readonly BlockPart[] | null {
  if (!isBlockType(node.type)) return null;
  const parts = blockParts(document, node, lower(document, family), family);
  return parts.ok ? parts.value : null;
}

/** What is to be seen of a document, with the parts of open blocks opened that are named by the ids of their cards. */
export function shownOf(
  document: GraphDocument,
  family: Family = 'mcn',
  openParts: readonly string[] = [],
): ShownDesign {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return shownDesign(document, {
    ofBlock: (node) => partsIn(document, node, family),
    ofPart: ({ block, path }, card) =>
      openParts.includes(card)
        ? partsOfPart(document, nodes.get(block)!, path, lower(document, family), family)
        : null,
  });
}

const position = fc.record({
  x: fc.integer({ min: -600, max: 1200 }),
  y: fc.integer({ min: -600, max: 1200 }),
});

/** Any graph with up to five groups that lie in one another at random, open and closed, moved and not. */
export const anyGrouped: fc.Arbitrary<GraphDocument> = anyDocument.chain((document) => {
  const group = fc.record({
    place: fc.option(position, { nil: undefined, freq: 3 }),
    open: fc.boolean(),
    around: fc.nat({ max: 4 }),
  });
  return fc
    .record({
      groups: fc.array(group, { maxLength: 5 }),
      parents: fc.array(fc.nat({ max: 9 }), { minLength: 24, maxLength: 24 }),
    })
    .map(({ groups, parents }): GraphDocument => {
      const frames = groups.map(({ place, open, around }, index): GraphNode => ({
        id: `g${index}`,
        type: 'group',
        name: `Group ${index}`,
        fields: {},
        ...(place && { position: place }),
        ...(open && { open }),
        ...(around < index && { parent: `g${around}` }),
      }));
      const nodes = document.nodes.map((node, index): GraphNode => {
        const parent = parents[index]!;
        return parent < groups.length ? { ...node, parent: `g${parent}` } : node;
      });
      return { ...document, nodes: [...frames, ...nodes] };
    });
});
