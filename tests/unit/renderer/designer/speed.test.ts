import { describe, expect, it } from 'vitest';
import { applyEdit } from '@shared/graph/edit';
import type { Position } from '@shared/graph/document';
import { FLOWS } from '@shared/graph/flow';
import { hints } from '@shared/network/hints';
import { lower } from '@shared/network/lower';
import { profile } from '@shared/network/profile';
import { keepUnchanged, nodeCards } from '@renderer/designer/cards/node-card';
import { copyNodes } from '@renderer/designer/clipboard/clip';
import { paste } from '@renderer/designer/edits/paste';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { MovingRoutes, routeAll, type Places } from '@renderer/designer/layout/routes';
import { largeDesign } from '../../../e2e/speed/large-design';

const FREE = { width: 860, height: 560 };
const large = largeDesign(2000);

/** The shortest of several times, in milliseconds: what the machine does beside only adds to it. */
function best(times: number, run: () => void): number {
  return Math.min(
    ...Array.from({ length: times }, () => {
      const before = performance.now();
      run();
      return performance.now() - before;
    }),
  );
}

function placesOf(cards: ReadonlyMap<string, Position>): Places {
  return { cards, frames: new Map() };
}

describe('a design of 2,000 layers and 3,000 connections', () => {
  it('has them, and is sound', () => {
    expect(large.nodes).toHaveLength(2000);
    expect(large.edges.length).toBeGreaterThan(2990);
    expect(lower(large, 'mcn').problems).toEqual([]);
  });

  it.each(FLOWS)('is laid out to the %s in a moment, and no card covers another', (flow) => {
    let places = new Map<string, Position>();
    // What took time with the square of the size, or seconds in dagre, took from 5 s up.
    expect(best(3, () => (places = autoLayout({ ...large, flow }, FREE)))).toBeLessThan(1000);
    expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(2000);
  });

  it('has its lines drawn in a moment, and those at a dragged card in a frame', () => {
    const places = placesOf(autoLayout(large, FREE));
    let routes = routeAll(large, places);
    expect(best(3, () => (routes = routeAll(large, places)))).toBeLessThan(500);
    const moved = new Map(places.cards).set('l1000', { x: 300, y: 300 });
    let after = routes;
    const moving = new MovingRoutes(large, { places, routes }, new Set(['l1000']));
    expect(best(5, () => (after = moving.at(placesOf(moved))))).toBeLessThan(16);
    const changed = after.filter((route, index) => route !== routes[index]);
    const own = large.edges.filter(({ from, to }) => from === 'l1000' || to === 'l1000');
    expect(changed.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
  });

  it('takes the lines between dragged cards along as they are', () => {
    const places = placesOf(autoLayout(large, FREE));
    const routes = routeAll(large, places);
    const by = { x: 4000, y: -80 };
    const moved = new Map(
      [...places.cards].map(([id, { x, y }], index) => {
        return [id, index >= 1000 && index < 1100 ? { x: x + by.x, y: y + by.y } : places.cards.get(id)!];
      }),
    );
    const within = new Set(large.nodes.slice(1000, 1100).map(({ id }) => id));
    let after = routes;
    const moving = new MovingRoutes(large, { places, routes }, within);
    expect(best(5, () => (after = moving.at(placesOf(moved))))).toBeLessThan(50);
    const taken = after.filter(({ from, to }) => within.has(from) && within.has(to));
    expect(taken.length).toBeGreaterThan(120);
    for (const { id, points } of taken) {
      const old = routes.find((route) => route.id === id)!;
      expect(points).toEqual(old.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })));
    }
  });

  it('is pasted into itself and taken out again in a moment', () => {
    const places = autoLayout(large, FREE);
    const clip = copyNodes(large, new Set(large.nodes.map(({ id }) => id)), places);
    const time = best(2, () => {
      const { document, inverse } = applyEdit(large, paste(large, clip, { x: 0, y: 40 }).edit);
      expect(document.nodes).toHaveLength(4000);
      expect(applyEdit(document, inverse).document.nodes).toHaveLength(2000);
    });
    expect(time).toBeLessThan(3000);
  });
});

describe('a design of 300 layers', () => {
  it('has its shapes, costs and cards worked out anew within a frame', () => {
    const document = largeDesign(300);
    const cardsNow = () => {
      const lowered = lower(document, 'mcn');
      const costs = profile(lowered.network!);
      const problems = [...lowered.problems, ...hints(lowered.network!, costs)];
      return nodeCards({ document, family: 'mcn', lowered, costs, problems });
    };
    const before = cardsNow();
    expect(best(15, () => keepUnchanged(before, cardsNow()))).toBeLessThan(16);
  });
});
