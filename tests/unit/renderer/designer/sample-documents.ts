import fc from 'fast-check';
import { chain } from '@shared/graph/chain';
import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import { DOCUMENT_VERSION } from '@shared/graph/document';
import { findPreset } from '@shared/network/presets';

/** The design of a preset. */
export function presetDocument(id: string): GraphDocument {
  return findPreset(id)!.document;
}

/** A chain of n ReLU nodes. */
export function reluChain(count: number): GraphDocument {
  const nodes = Array.from({ length: count }, (_, index): GraphNode => ({
    id: `n${index}`,
    type: 'relu',
    name: `ReLU ${index}`,
    fields: {},
  }));
  const edges = nodes.slice(1).map((node, index): GraphEdge => {
    const from = nodes[index]!.id;
    return { id: `${from}-${node.id}`, from, to: node.id, port: 'in' };
  });
  return { version: DOCUMENT_VERSION, nodes, edges };
}

const position = fc.record({
  x: fc.integer({ min: -600, max: 1200 }),
  y: fc.integer({ min: -600, max: 1200 }),
});

/** Any graph of up to 24 nodes, loops, double connections and moved cards included. */
export const anyDocument: fc.Arbitrary<GraphDocument> = fc.integer({ min: 1, max: 24 }).chain((count) => {
  const index = fc.nat({ max: count - 1 });
  return fc
    .record({
      positions: fc.array(fc.option(position, { nil: undefined, freq: 3 }), {
        minLength: count,
        maxLength: count,
      }),
      pairs: fc.array(fc.tuple(index, index), { maxLength: 2 * count }),
    })
    .map(({ positions, pairs }): GraphDocument => ({
      version: DOCUMENT_VERSION,
      nodes: positions.map((place, number) => {
        const node = { id: `n${number}`, type: 'add', name: `Add ${number}`, fields: {} };
        return place ? { ...node, position: place } : node;
      }),
      edges: pairs.map(([from, to], number) => {
        return { id: `e${number}`, from: `n${from}`, to: `n${to}`, port: 'in' };
      }),
    }));
});

const branches = chain([
  ['input', 'input', 'Input'],
  ['narrow', 'conv', 'Narrow', { channels: 8 }],
  ['sum', 'add', 'Sum'],
]);

/** Input to two convolutions of different widths, an Add of which only the first is connected, a Dense and an Output. */
export const twoBranches: GraphDocument = {
  ...branches,
  nodes: [
    ...branches.nodes,
    { id: 'wide', type: 'conv', name: 'Wide', fields: { channels: 16 } },
    { id: 'dense', type: 'dense', name: 'Dense', fields: {} },
    { id: 'output', type: 'output', name: 'Output', fields: {} },
  ],
  edges: [...branches.edges, { id: 'input-wide', from: 'input', to: 'wide', port: 'in' }],
};
