import { describe, expect, it } from 'vitest';
import { computed, effectScope, shallowRef } from 'vue';
import type { GraphDocument, Position } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { useCardDrag, type CardDrag } from '@renderer/designer/arrange/use-card-drag';
import { useAdding, type Adding } from '@renderer/designer/state/use-adding';
import { useEdgeSelection, type EdgeSelection } from '@renderer/designer/state/use-edge-selection';
import { GRID } from '@renderer/designer/edits/move-nodes';
import { freePlace } from '@renderer/designer/layout/free-place';
import { cardBounds, CARD_HEIGHT, CARD_WIDTH } from '@renderer/designer/layout/card-size';
import { usePlacement, type Placement } from '@renderer/designer/state/use-placement';
import { usePointer, type CanvasPointer } from '@renderer/designer/state/use-pointer';
import { useSelection, type Selection } from '@renderer/designer/state/use-selection';
import { useViewport } from '@renderer/designer/state/use-viewport';
import { presetDocument } from './sample-documents';

interface Room {
  document: () => GraphDocument;
  selection: Selection;
  edges: EdgeSelection;
  placement: Placement;
  pointer: CanvasPointer;
  adding: Adding;
  cardDrag: CardDrag;
  apply(edit: Edit): void;
}

/** The state of a Design room with a preset, a canvas of 900 x 600 and the pointer elsewhere. */
function room(): Room {
  const source = shallowRef(presetDocument('mcn-mnist'));
  const document = computed(() => source.value);
  const canvas = shallowRef({ width: 900, height: 600 });
  const size = computed(() => canvas.value);
  const apply = (edit: Edit): void => {
    source.value = applyEdit(source.value, edit).document;
  };
  return effectScope().run(() => {
    const selection = useSelection(document);
    const edges = useEdgeSelection(document, selection);
    const placement = usePlacement(document, size);
    const boxes = computed(
      () => new Map([...placement.places.value].map(([id, place]) => [id, cardBounds(place)])),
    );
    const viewport = useViewport(boxes, canvas);
    const pointer = usePointer(viewport.viewport, size);
    const adding = useAdding({
      document,
      selection,
      edges,
      placement,
      viewport,
      pointer,
      linesOf: (edge) => [edge],
      apply,
      select: selection.pick,
      callCanvas: () => undefined,
    });
    const cardDrag = useCardDrag(document, placement, viewport, size, (line) => line);
    return { document: () => source.value, selection, edges, placement, pointer, adding, cardDrag, apply };
  })!;
}

function placeOf({ document, selection }: Room): Position | undefined {
  return document().nodes.find(({ id }) => id === selection.ids.value[0])?.position;
}

describe('the list of layers', () => {
  it('adds behind the one selected layer', () => {
    const { adding, selection, document } = room();
    selection.pick('mc1');
    adding.callQuickAdd('r');
    expect(adding.quickAdd.call.value).toMatchObject({ into: { kind: 'layout' }, query: 'r' });
    adding.addChosen('relu');
    expect(adding.quickAdd.call.value).toBeNull();
    expect(document().edges.find(({ from }) => from === 'mc1')?.to).toBe(selection.ids.value[0]);
  });

  it('adds into the one selected connection', () => {
    const { adding, edges, selection, document } = room();
    const [first] = document().edges;
    edges.pick(first!.id);
    adding.callQuickAdd('');
    adding.addChosen('relu');
    expect(document().edges.find(({ to }) => to === first!.to)?.from).toBe(selection.ids.value[0]);
    expect(document().edges.some(({ id }) => id === first!.id)).toBe(false);
  });

  it('adds where the pointer is, else where the layout has room', () => {
    const here = room();
    here.pointer.at.value = { x: 578, y: 1040 };
    here.adding.callQuickAdd('');
    here.adding.addChosen('add');
    expect(placeOf(here)).toEqual({ x: 500, y: 1000 });

    const nowhere = room();
    nowhere.adding.callQuickAdd('');
    nowhere.adding.addChosen('add');
    expect(nowhere.document().nodes.at(-1)?.type).toBe('add');
    expect(placeOf(nowhere)).toBeUndefined();
  });

  it('puts the port of a new layer where the connection was let go of', () => {
    const behind = room();
    behind.adding.quickAdd.open({
      at: { x: 600, y: 1040 },
      into: { kind: 'end', from: { node: 'mc1', port: null } },
      query: '',
    });
    behind.adding.addChosen('add');
    expect(placeOf(behind)).toEqual({ x: 600, y: 1000 });

    const before = room();
    before.adding.quickAdd.open({
      at: { x: 600, y: 1040 },
      into: { kind: 'end', from: { node: 'mc1', port: 'in' } },
      query: '',
    });
    before.adding.addChosen('conv');
    expect(placeOf(before)).toEqual({ x: 444, y: 1000 });
  });
});

describe('dragging from the palette', () => {
  it('adds where it is let go of, beside cards that lie there, and nothing outside of the canvas', () => {
    const { adding, document, placement, selection } = room();
    const before = document();
    adding.paletteDrag.begin('add');
    adding.addDragged();
    expect(document()).toBe(before);

    const taken = placement.places.value.get('mc1')!;
    adding.paletteDrag.begin('add');
    adding.paletteDrag.over({ x: taken.x + 78, y: taken.y + 40 }, () => null);
    const shown = adding.paletteDrag.drag.value!.corner!;
    expect(shown).not.toEqual(taken);
    adding.addDragged();
    expect(document().nodes).toHaveLength(before.nodes.length + 1);
    const landed = placement.places.value.get(selection.ids.value[0]!)!;
    expect(Math.abs(landed.x - shown.x)).toBeLessThan(GRID);
    expect(Math.abs(landed.y - shown.y)).toBeLessThan(GRID);
    expect(placement.places.value.get('mc1')).toEqual(taken);
  });
});

it('a place that is free is looked for in sight, and elsewhere only if there is none', () => {
  const taken = [{ x: 0, y: 0 }];
  expect(freePlace({ x: 4, y: 10 }, taken)).toEqual({ x: 4, y: 100 });
  const above = { left: -500, top: -500, right: 500, bottom: 80 };
  expect(freePlace({ x: 4, y: 10 }, taken, above)).toEqual({ x: 4, y: -100 });
  const nowhere = { left: 0, top: 0, right: 156, bottom: 80 };
  expect(freePlace({ x: 4, y: 10 }, taken, nowhere)).toEqual({ x: 4, y: 100 });
});

describe('selected connections', () => {
  it('and selected layers take turns', () => {
    const { edges, selection, document } = room();
    const [first, second] = document().edges;
    selection.pick('mc1');
    edges.pick(first!.id);
    expect(selection.ids.value).toEqual([]);
    edges.pick(second!.id, true);
    expect(edges.ids.value).toEqual([first!.id, second!.id]);
    edges.pick(first!.id, true);
    expect(edges.ids.value).toEqual([second!.id]);
    selection.pick('mc2');
    expect(edges.ids.value).toEqual([]);
  });

  it('drop out when they go', () => {
    const { edges, document, apply } = room();
    const [first] = document().edges;
    edges.pick(first!.id);
    apply({ kind: 'disconnect', edge: first!.id });
    expect(edges.ids.value).toEqual([]);
  });
});

describe('dragging cards', () => {
  it('is drawn to the lines of others, shows them, and is one step when it ends', () => {
    const { cardDrag, placement, document, apply } = room();
    const [mc1, pool1] = [placement.places.value.get('mc1')!, placement.places.value.get('pool1')!];
    const nodes = new Set(['mc1']);
    cardDrag.drag(nodes, { x: 40, y: 200 }, false);
    cardDrag.drag(nodes, { x: pool1.x - mc1.x + 3, y: 200 }, false);
    expect(placement.places.value.get('mc1')!.x).toBe(pool1.x);
    expect(cardDrag.guides.value.length).toBeGreaterThan(0);
    const edit = cardDrag.drop()!;
    expect(cardDrag.guides.value).toEqual([]);
    apply(edit);
    expect(document().nodes.find(({ id }) => id === 'mc1')?.position?.x).toBe(pool1.x);
  });

  it('goes wherever the pointer is while nothing may draw it', () => {
    const { cardDrag, placement } = room();
    const [mc1, pool1] = [placement.places.value.get('mc1')!, placement.places.value.get('pool1')!];
    const by = { x: pool1.x - mc1.x + 4, y: 200 };
    cardDrag.drag(new Set(['mc1']), by, true);
    expect(placement.places.value.get('mc1')).toEqual({ x: mc1.x + by.x, y: mc1.y + by.y });
    expect(cardDrag.guides.value).toEqual([]);
  });

  it('puts a card without connections into the one that it is let go of over, as one step', () => {
    const { cardDrag, placement, document, apply } = room();
    apply({ kind: 'add-node', node: { id: 'loose', type: 'relu', name: 'Loose', fields: {} } });
    const edge = document().edges[2]!;
    const line = placement.edges.value.find(({ id }) => id === edge.id)!;
    const from = placement.places.value.get('loose')!;
    const start = line.points[0]!;
    const by = { x: start.x + 10 - CARD_WIDTH / 2 - from.x, y: start.y - CARD_HEIGHT / 2 - from.y };
    cardDrag.drag(new Set(['loose']), by, false);
    expect(cardDrag.into.value).toBe(edge.id);
    const before = document();
    const edit = cardDrag.drop()!;
    expect(cardDrag.into.value).toBeNull();
    apply(edit);
    const led = document().edges.filter(({ from: a, to: b }) => a === 'loose' || b === 'loose');
    expect(led.map(({ from: a, to: b }) => [a, b])).toEqual([
      [edge.from, 'loose'],
      ['loose', edge.to],
    ]);
    expect(document().edges.some(({ id }) => id === edge.id)).toBe(false);
    expect(applyEdit(document(), applyEdit(before, edit).inverse).document).toEqual(before);
  });

  it('only moves a card over a connection when it has some itself, or while nothing may draw it', () => {
    const { cardDrag, placement, apply } = room();
    apply({ kind: 'add-node', node: { id: 'loose', type: 'relu', name: 'Loose', fields: {} } });
    const over = (id: string) => {
      const [from, start] = [placement.places.value.get(id)!, placement.edges.value[4]!.points[0]!];
      return { x: start.x + 10 - CARD_WIDTH / 2 - from.x, y: start.y - CARD_HEIGHT / 2 - from.y };
    };
    cardDrag.drag(new Set(['loose']), over('loose'), true);
    expect(cardDrag.into.value).toBeNull();
    cardDrag.drop();
    cardDrag.drag(new Set(['mc1']), over('mc1'), false);
    expect(cardDrag.into.value).toBeNull();
  });

  it('puts the cards back when it is given up, and leaves nothing to be dropped', () => {
    const { cardDrag, placement } = room();
    const before = placement.places.value.get('mc1');
    cardDrag.drag(new Set(['mc1']), { x: 40, y: 200 }, false);
    cardDrag.putBack();
    expect(placement.places.value.get('mc1')).toEqual(before);
    expect(cardDrag.guides.value).toEqual([]);
    expect(cardDrag.isFree.value).toBeNull();
    expect(cardDrag.drop()).toBeNull();
  });

  it('ends without a step when nothing was dragged', () => {
    expect(room().cardDrag.drop()).toBeNull();
  });
});
