import { describe, expect, it } from 'vitest';
import { FLOWS, type Flow } from '@shared/graph/flow';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { blended, type Picture } from '@renderer/designer/layout/blend';
import { CARD_HEIGHT, CARD_WIDTH } from '@renderer/designer/layout/card-size';
import { frameBounds } from '@renderer/designer/layout/frame-tree';
import { routeAll } from '@renderer/designer/layout/routes';
import { presetDocument } from './sample-documents';

const FREE = { width: 860, height: 560 };

function picture(flow: Flow): Picture {
  const design = { ...presetDocument('mcn-mnist'), flow };
  const cards = autoLayout(design, FREE);
  const frames = frameBounds(design.nodes, cards);
  return { cards, frames, edges: routeAll(design, { cards, frames }) };
}

describe('the way from one layout to another', () => {
  it('keeps the ends of every line at its cards, whatever share of the way is behind', () => {
    for (const flow of FLOWS) {
      const [from, to] = [picture(flow === 'down' ? 'right' : 'down'), picture(flow)];
      for (const share of [0, 0.3, 0.8]) {
        const { cards, edges } = blended(from, to, share);
        const [along, across] = flow === 'down' ? [CARD_HEIGHT, CARD_WIDTH] : [CARD_WIDTH, CARD_HEIGHT];
        const turn = ([x, y]: [number, number]) => (flow === 'down' ? { x: y, y: x } : { x, y });
        for (const { from: source, to: target, points } of edges) {
          const [out, back] = [turn([along, across / 2]), turn([0, across / 2])];
          const [start, end] = [cards.get(source)!, cards.get(target)!];
          expect(points[0]!.x).toBeCloseTo(start.x + out.x);
          expect(points[0]!.y).toBeCloseTo(start.y + out.y);
          expect(points.at(-1)!.x).toBeCloseTo(end.x + back.x);
          expect(points.at(-1)!.y).toBeCloseTo(end.y + back.y);
        }
      }
    }
  });

  it('begins where everything was and ends where everything will be', () => {
    const [from, to] = [picture('right'), picture('down')];
    expect(blended(from, to, 0).cards).toEqual(from.cards);
    const end = blended(from, to, 1);
    expect(end.cards).toEqual(to.cards);
    for (const [index, { points }] of end.edges.entries()) {
      const wanted = to.edges[index]!.points;
      expect(points.filter((point, at) => at === 0 || point !== points[at - 1])).toEqual(
        expect.arrayContaining([...wanted]),
      );
    }
  });

  it('shows what is new where it will be', () => {
    const to = picture('right');
    const { nodes } = presetDocument('mcn-mnist');
    const id = nodes[3]!.id;
    const from = { ...to, cards: new Map([...to.cards].filter(([card]) => card !== id)) };
    expect(blended(from, to, 0.1).cards.get(id)).toEqual(to.cards.get(id));
  });
});
