import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOWS } from '@shared/graph/flow';
import { presets } from '@shared/network/presets';
import { zoomOf } from '@renderer/designer/layout/box';
import { boundsOf, cardsOverlap, CARD_HEIGHT, CARD_WIDTH } from '@renderer/designer/layout/card-size';
import { chainOrder, components } from '@renderer/designer/layout/components';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { placeNodes } from '@renderer/designer/layout/place-nodes';
import { largeDesign } from '../../../e2e/speed/large-design';
import { anyDocument, presetDocument, reluChain } from './sample-documents';

const FREE = { width: 860, height: 560 };

describe('chains', () => {
  it('every preset is one chain, in document order', () => {
    for (const preset of presets) {
      const parts = components(preset.document);
      expect(parts).toHaveLength(1);
      expect(chainOrder(parts[0]!)).toEqual(preset.document.nodes.map((node) => node.id));
    }
  });

  it('a branch, a merge, a loop and a double connection are no chains', () => {
    const chain = reluChain(4);
    const withEdge = (from: string, to: string): string[] | null => {
      const edges = [...chain.edges, { id: 'extra', from, to, port: 'in' }];
      return chainOrder(components({ ...chain, edges })[0]!);
    };
    expect(withEdge('n0', 'n2')).toBeNull();
    expect(withEdge('n3', 'n0')).toBeNull();
    expect(withEdge('n0', 'n1')).toBeNull();
    expect(withEdge('n2', 'n2')).toBeNull();
  });

  it('wraps in rows from left to right', () => {
    const places = autoLayout(reluChain(7), FREE);
    const rows = new Map<number, number[]>();
    for (const { x, y } of places.values()) rows.set(y, [...(rows.get(y) ?? []), x]);
    expect([...rows.values()].map((row) => row.length)).toEqual([5, 2]);
    for (const row of rows.values()) {
      expect(row).toEqual(row.toSorted((a, b) => a - b));
      expect(row[0]).toBe(0);
    }
  });

  it('wraps in columns from top to bottom in a design that runs down', () => {
    const places = autoLayout({ ...reluChain(7), flow: 'down' }, FREE);
    const columns = new Map<number, number[]>();
    for (const { x, y } of places.values()) columns.set(x, [...(columns.get(x) ?? []), y]);
    expect([...columns.values()].map((column) => column.length)).toEqual([5, 2]);
    for (const column of columns.values()) {
      expect(column).toEqual(column.toSorted((a, b) => a - b));
      expect(column[0]).toBe(0);
    }
  });

  it('rows never run over the free width while there is room below', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 400, max: 3000 }), (length, width) => {
        const places = autoLayout(reluChain(length), { width, height: 1e6 });
        const right = Math.max(...[...places.values()].map(({ x }) => x + CARD_WIDTH));
        expect(right).toBeLessThanOrEqual(width);
        const firstRow = [...places.values()].filter(({ y }) => y === 0);
        expect(firstRow.length).toBeGreaterThanOrEqual(Math.min(2, length));
      }),
    );
  });
});

describe('places', () => {
  it('no card that the layout places covers another, whatever the graph and whatever was moved', () => {
    fc.assert(
      fc.property(anyDocument, fc.constantFrom(...FLOWS), (document, flow) => {
        const places = placeNodes(document.nodes, autoLayout({ ...document, flow }, FREE));
        expect(places.size).toBe(document.nodes.length);
        const covered = document.nodes.flatMap((a, index) =>
          document.nodes
            .slice(index + 1)
            .filter((b) => !(a.position && b.position) && cardsOverlap(places.get(a.id)!, places.get(b.id)!)),
        );
        expect(covered).toEqual([]);
      }),
    );
  });

  it('a moved card lies exactly where it was put, and the others keep their places when it is out of the way', () => {
    const document = presetDocument('mcn-mnist');
    const before = placeNodes(document.nodes, autoLayout(document, FREE));
    const far = { x: 4000, y: -300 };
    const nodes = document.nodes.map((node) => (node.id === 'mc2' ? { ...node, position: far } : node));
    const after = placeNodes(nodes, autoLayout({ ...document, nodes }, FREE));
    expect(after.get('mc2')).toEqual(far);
    for (const { id } of nodes) if (id !== 'mc2') expect(after.get(id)).toEqual(before.get(id));
  });

  it('a branching graph runs from left to right, or from top to bottom', () => {
    const chain = reluChain(5);
    const document = { ...chain, edges: [...chain.edges, { id: 'skip', from: 'n0', to: 'n4', port: 'in' }] };
    const places = autoLayout(document, { width: 4000, height: 600 });
    const below = autoLayout({ ...document, flow: 'down' }, { width: 600, height: 4000 });
    for (const { from, to } of document.edges) {
      expect(places.get(to)!.x).toBeGreaterThanOrEqual(places.get(from)!.x + CARD_WIDTH);
      expect(below.get(to)!.y).toBeGreaterThanOrEqual(below.get(from)!.y + CARD_HEIGHT);
    }
  });

  it('a long graph with a branch wraps behind the branch, never inside it', () => {
    const chain = reluChain(16);
    const document = { ...chain, edges: [...chain.edges, { id: 'skip', from: 'n5', to: 'n8', port: 'in' }] };
    const places = autoLayout(document, FREE);
    const right = Math.max(...[...places.values()].map(({ x }) => x + CARD_WIDTH));
    expect(right).toBeLessThan(2 * FREE.width);
    for (const id of ['n5', 'n6', 'n7']) {
      const next = `n${Number(id.slice(1)) + 1}`;
      expect(places.get(next)!.x).toBeGreaterThan(places.get(id)!.x);
    }
  });

  it('a long residual design, in which a shortcut runs beside every layer, wraps before it is too small to be read', () => {
    for (const flow of FLOWS) {
      const document = { ...largeDesign(80), flow };
      const places = autoLayout(document, FREE);
      const zoom = zoomOf(boundsOf(places.values())!, FREE);
      expect(zoom).toBeGreaterThan(0.25);
      // Rows begin where everything passes one card: at an Add.
      const side = flow === 'down' ? 'x' : 'y';
      const add = document.nodes.filter(({ type }) => type === 'add').map(({ id }) => places.get(id)!);
      expect(new Set(add.map((place) => place[side])).size).toBeLessThan(20);
    }
  });

  it('parts that do not hang together lie below each other', () => {
    const chain = reluChain(6);
    const document = { ...chain, edges: chain.edges.filter((edge) => edge.to !== 'n3') };
    const places = autoLayout(document, FREE);
    const bottom = Math.max(...['n0', 'n1', 'n2'].map((id) => places.get(id)!.y + CARD_HEIGHT));
    for (const id of ['n3', 'n4', 'n5']) expect(places.get(id)!.y).toBeGreaterThan(bottom);
  });
});
