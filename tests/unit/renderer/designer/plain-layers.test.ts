import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '@shared/graph/document';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { cardBox } from '@renderer/designer/layout/box';
import { CARD_HEIGHT, CARD_WIDTH, cardsOverlap } from '@renderer/designer/layout/card-size';
import { plainLayers } from '@renderer/designer/layout/plain-layers';
import { anyDocument } from './sample-documents';

const GAPS = { layer: 80, lane: 40 };

function placed({ nodes, edges }: GraphDocument) {
  return plainLayers({ nodes: nodes.map(({ id }) => cardBox(id)), edges: [...edges] }, GAPS);
}

/** A chain of ReLU and Add with a shortcut around every three layers. */
function residualChain(count: number): GraphDocument {
  const name = (index: number): string => `n${index}`;
  const nodes = Array.from({ length: count }, (_, index) => {
    return { id: name(index), type: index % 4 === 3 ? 'add' : 'relu', name: `Layer ${index}`, fields: {} };
  });
  const edges = nodes.flatMap(({ id, type }, index) => {
    const from = [...(index > 0 ? [index - 1] : []), ...(type === 'add' && index >= 4 ? [index - 4] : [])];
    return from.map((other) => ({ id: `${name(other)}-${id}`, from: name(other), to: id, port: 'in' }));
  });
  return { ...emptyDocument(), nodes, edges };
}

describe('plain layers', () => {
  it('stand one behind the last of what they read, boxes of one layer below each other', () => {
    const document = residualChain(8);
    const places = placed(document);
    const step = CARD_WIDTH + GAPS.layer;
    expect(document.nodes.map(({ id }) => places.get(id))).toEqual(
      document.nodes.map((_, index) => ({ x: index * step, y: 0 })),
    );
    const fork = { ...document, edges: document.edges.filter(({ to }) => to === 'n1' || to === 'n3') };
    const forked = placed({ ...fork, nodes: document.nodes.slice(0, 4) });
    expect(forked.get('n2')).toEqual({ x: 0, y: CARD_HEIGHT + GAPS.lane });
    expect(forked.get('n3')!.x).toBe(step);
  });

  it('never overlap, whatever the design, loops included', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const places = [...placed(document).values()];
        expect(places).toHaveLength(document.nodes.length);
        for (const [index, place] of places.entries())
          for (const other of places.slice(0, index)) expect(cardsOverlap(place, other)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('place a design of 2,000 layers that hang together, far too deep for recursion', () => {
    const places = autoLayout(residualChain(2000), { width: 900, height: 600 });
    expect(places.size).toBe(2000);
    const corners = new Set([...places.values()].map(({ x, y }) => `${x} ${y}`));
    expect(corners.size).toBe(2000);
  });
});
