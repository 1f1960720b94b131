import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '@shared/graph/document';
import { commands } from '@shared/contract/commands';
import { arrange, ARRANGEMENTS, leastCards } from '@renderer/designer/arrange/arrangements';
import { snapDrag } from '@renderer/designer/arrange/snap';
import { reachable } from '@renderer/designer/cards/reachable';
import { findNodes } from '@renderer/designer/find/find-nodes';
import { nodeCards } from '@renderer/designer/cards/node-card';
import { edgeAt } from '@renderer/designer/edges/edge-at';
import { edgePath } from '@renderer/designer/edges/edge-path';
import { MENUS } from '@renderer/designer/menus/menu-items';
import { lower } from '@shared/network/lower';
import { profile } from '@shared/network/profile';
import { anyDocument, presetDocument } from './sample-documents';

const three = new Map<string, Position>([
  ['a', { x: 0, y: 40 }],
  ['b', { x: 300, y: 0 }],
  ['c', { x: 100, y: 200 }],
]);

describe('arranging', () => {
  const xs = (places: ReadonlyMap<string, Position>): number[] => [...places.values()].map(({ x }) => x);
  const ys = (places: ReadonlyMap<string, Position>): number[] => [...places.values()].map(({ y }) => y);

  it('lines cards up at the outermost of them or amid them, and leaves the other axis alone', () => {
    expect(xs(arrange(three, 'align-left'))).toEqual([0, 0, 0]);
    expect(xs(arrange(three, 'align-centre'))).toEqual([150, 150, 150]);
    expect(xs(arrange(three, 'align-right'))).toEqual([300, 300, 300]);
    expect(ys(arrange(three, 'align-top'))).toEqual([0, 0, 0]);
    expect(ys(arrange(three, 'align-middle'))).toEqual([100, 100, 100]);
    expect(ys(arrange(three, 'align-bottom'))).toEqual([200, 200, 200]);
    expect(ys(arrange(three, 'align-left'))).toEqual(ys(three));
    expect(xs(arrange(three, 'align-top'))).toEqual(xs(three));
  });

  it('spreads cards evenly between the outermost two, in the order in which they lie', () => {
    expect(Object.fromEntries(arrange(three, 'distribute-across'))).toMatchObject({
      a: { x: 0, y: 40 },
      c: { x: 150, y: 200 },
      b: { x: 300, y: 0 },
    });
    expect(arrange(three, 'distribute-down').get('a')).toEqual({ x: 0, y: 100 });
  });

  it('does nothing with too few cards', () => {
    const two = new Map([...three].slice(0, 2));
    for (const arrangement of ARRANGEMENTS) {
      const few = new Map([...two].slice(0, leastCards(arrangement) - 1));
      expect(arrange(few, arrangement)).toEqual(few);
    }
  });
});

describe('snapping', () => {
  it('draws a dragged card to the line of a neighbour and shows the line over both', () => {
    const { by, guides } = snapDrag([{ x: 0, y: 0 }], [{ x: 200, y: 300 }], { x: 196, y: 100 }, 6);
    expect(by).toEqual({ x: 200, y: 100 });
    expect(guides.map(({ from, to }) => [from, to])).toEqual([
      [
        { x: 200, y: 100 },
        { x: 200, y: 380 },
      ],
    ]);
    const both = snapDrag([{ x: 0, y: 0 }], [{ x: 200, y: 300 }], { x: 204, y: 297 }, 6);
    expect(both.by).toEqual({ x: 200, y: 300 });
    expect(both.guides).toHaveLength(2);
  });

  it('keeps to the grid where no neighbour is near', () => {
    expect(snapDrag([{ x: 2, y: 0 }], [{ x: 900, y: 900 }], { x: 101, y: 31 }, 6)).toEqual({
      by: { x: 102, y: 32 },
      guides: [],
    });
    expect(snapDrag([], [], { x: 3, y: 3 }, 6).by).toEqual({ x: 3, y: 3 });
  });

  it('never moves a drag further than its reach and half the grid', () => {
    const corner = fc.record({
      x: fc.integer({ min: -500, max: 500 }),
      y: fc.integer({ min: -500, max: 500 }),
    });
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 1, maxLength: 4 }),
        fc.array(corner),
        corner,
        (own, others, by) => {
          const snapped = snapDrag(own, others, by, 6);
          expect(Math.abs(snapped.by.x - by.x)).toBeLessThanOrEqual(6);
          expect(Math.abs(snapped.by.y - by.y)).toBeLessThanOrEqual(6);
        },
      ),
    );
  });
});

describe('what hangs together', () => {
  it('follows connections against, along and both ways', () => {
    const document = presetDocument('mcn-20');
    const ids = document.nodes.map(({ id }) => id);
    const stage = ids.indexOf('stage2');
    expect([...reachable(document, ['stage2'], 'upstream')].sort()).toEqual(ids.slice(0, stage + 1).sort());
    expect([...reachable(document, ['stage2'], 'downstream')].sort()).toEqual(ids.slice(stage).sort());
    expect(reachable(document, ['stage2'], 'connected').size).toBe(ids.length);
  });

  it('ends in every graph, and both ways hold what one way holds', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const from = [document.nodes[0]!.id];
        const all = reachable(document, from, 'connected');
        for (const reach of ['upstream', 'downstream'] as const) {
          for (const id of reachable(document, from, reach)) expect(all.has(id)).toBe(true);
        }
      }),
    );
  });
});

describe('finding a layer', () => {
  const document = presetDocument('mcn-mnist');
  const broken = { ...document, edges: document.edges.filter(({ to }) => to !== 'mc2') };
  const lowered = lower(broken, 'mcn');
  const cards = nodeCards({
    document: broken,
    family: 'mcn',
    lowered,
    costs: profile({ nodes: lowered.layers }),
    problems: lowered.problems,
  });
  const found = (query: string): string[] => findNodes(cards, query).map(({ id }) => id);

  it('goes by name, type and problem, names that begin so first', () => {
    expect(found('mcconv 3')[0]).toBe('mc3');
    expect(found('output')[0]).toBe('output');
    expect(found('softmax')).toEqual(['output']);
    expect(found('error an input')).toEqual(['mc2']);
    expect(findNodes(cards, 'mcconv 2')[0]).toMatchObject({
      id: 'mc2',
      note: expect.stringContaining('Error:'),
    });
    expect(found('')).toHaveLength(document.nodes.length);
    expect(found('nothing like it')).toEqual([]);
  });
});

describe('lines', () => {
  const bent = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 80 },
  ];

  it('are meant by a pointer that is near one of their pieces', () => {
    const edges = [
      { id: 'bent', points: bent },
      {
        id: 'low',
        points: [
          { x: 0, y: 9 },
          { x: 60, y: 9 },
        ],
      },
    ];
    expect(edgeAt(edges, { x: 50, y: 3 }, 7)).toBe('bent');
    expect(edgeAt(edges, { x: 50, y: 6 }, 7)).toBe('low');
    expect(edgeAt(edges, { x: 104, y: 50 }, 7)).toBe('bent');
    expect(edgeAt(edges, { x: 100, y: 90 }, 7)).toBeNull();
    expect(edgeAt([], { x: 0, y: 0 }, 7)).toBeNull();
  });

  it('are marked with round corners', () => {
    expect(edgePath(bent)).toBe('M0 0L95 0Q100 0 100 5L100 80');
    expect(edgePath([])).toBe('');
  });
});

it('every item of the menus is a command', () => {
  const ids = new Set(commands.map(({ id }) => id));
  for (const item of Object.values(MENUS).flat(2)) expect(ids).toContain(item);
  for (const arrangement of ARRANGEMENTS) expect(ids).toContain(`design.${arrangement}`);
});
