import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '@shared/network/presets';
import { FLOWS, type Flow } from '@shared/graph/flow';
import type { Position } from '@shared/graph/document';
import { BoundsIndex } from '@renderer/designer/layout/bounds-index';
import { cardBounds, CARD_HEIGHT, CARD_WIDTH } from '@renderer/designer/layout/card-size';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { isClear, routeEdge } from '@renderer/designer/layout/route-edge';

const corner = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
});

const anyFlow = fc.constantFrom(...FLOWS);

function around(corners: Iterable<Position>): BoundsIndex {
  return new BoundsIndex([...corners].map(cardBounds));
}

function endsOf(from: Position, to: Position, flow: Flow): [Position, Position] {
  return flow === 'down'
    ? [
        { x: from.x + CARD_WIDTH / 2, y: from.y + CARD_HEIGHT },
        { x: to.x + CARD_WIDTH / 2, y: to.y },
      ]
    : [
        { x: from.x + CARD_WIDTH, y: from.y + CARD_HEIGHT / 2 },
        { x: to.x, y: to.y + CARD_HEIGHT / 2 },
      ];
}

describe('routes', () => {
  it('lead from where the source gives to where the target reads in horizontal and vertical pieces', () => {
    fc.assert(
      fc.property(corner, corner, fc.array(corner, { maxLength: 6 }), anyFlow, (from, to, others, flow) => {
        const { points } = routeEdge(from, to, around([from, to, ...others]), null, flow);
        expect([points[0], points.at(-1)]).toEqual(endsOf(from, to, flow));
        for (let index = 1; index < points.length; index += 1) {
          const a = points[index - 1]!;
          const b = points[index]!;
          expect(a.x === b.x || a.y === b.y).toBe(true);
        }
      }),
    );
  });

  it('no line of a preset runs through a card, at any width of the canvas', () => {
    for (const { document } of presets) {
      for (const flow of FLOWS) {
        for (const width of [400, 700, 860, 1400]) {
          const places = autoLayout({ ...document, flow }, { width, height: 500 });
          const cards = around(places.values());
          for (const { from, to } of document.edges) {
            const { points } = routeEdge(places.get(from)!, places.get(to)!, cards, null, flow);
            expect(isClear(points, cards)).toBe(true);
          }
        }
      }
    }
  });

  it('neighbours in a row are joined by one straight piece, with the shape above the gap', () => {
    const { points, label } = routeEdge({ x: 0, y: 0 }, { x: CARD_WIDTH + 20, y: 0 }, around([]));
    expect(points).toHaveLength(2);
    expect(label.x).toBe(CARD_WIDTH + 10);
    expect(label.y).toBeLessThan(0);
  });

  it('neighbours in a column are joined by one straight piece, with the shape beside it in the gap', () => {
    const { points, label } = routeEdge(
      { x: 0, y: 0 },
      { x: 0, y: CARD_HEIGHT + 36 },
      around([]),
      null,
      'down',
    );
    expect(points).toHaveLength(2);
    expect(label).toEqual({ x: CARD_WIDTH / 2 + 6, y: CARD_HEIGHT + 18, anchor: 'start' });
  });

  it('goes around a card that stands in a straight way', () => {
    const from = { x: 0, y: 0 };
    const to = { x: 600, y: 0 };
    const between = { x: 300, y: 0 };
    const { points } = routeEdge(from, to, around([from, between, to]));
    expect(points.length).toBeGreaterThan(2);
    expect(isClear(points, around([from, between, to]))).toBe(true);
  });

  it('a return line runs between the rows', () => {
    const from = { x: 700, y: 0 };
    const to = { x: 0, y: 152 };
    const { points } = routeEdge(from, to, around([from, to]));
    const lane = points[2]!.y;
    expect(lane).toBe(points[3]!.y);
    expect(lane).toBeGreaterThan(from.y + CARD_HEIGHT);
    expect(lane).toBeLessThan(to.y);
  });
});
