import { describe, expect, it } from 'vitest';
import { computed, effectScope, shallowRef, type ShallowRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { edgeSpeed } from '@renderer/designer/canvas/use-edge-scroll';
import {
  approach,
  centreOn,
  fitViewport,
  reveal,
  seek,
  seenBounds,
} from '@renderer/designer/canvas/fit-viewport';
import { usePlacement, viewNodes, type Placement } from '@renderer/designer/state/use-placement';
import { useSelection, type Selection } from '@renderer/designer/state/use-selection';
import { moveNodes } from '@renderer/designer/edits/move-nodes';
import { FRAME_BAR } from '@renderer/designer/layout/card-size';
import { opened, shownOf, withGroup } from './grouped-documents';
import { presetDocument } from './sample-documents';

interface Stage {
  document: ShallowRef<GraphDocument>;
  selection: Selection;
  placement: Placement;
  apply(edit: Edit): void;
}

function stage(preset: string, start: GraphDocument = presetDocument(preset)): Stage {
  const scope = effectScope();
  const document = shallowRef(start);
  const now = computed(() => document.value);
  const shown = computed(() => shownOf(document.value));
  const graph = computed(() => shown.value.graph);
  const size = computed(() => ({ width: 900, height: 600 }));
  const parts = scope.run(() => ({
    selection: useSelection(now, (id) => shown.value.standIn(id)),
    placement: usePlacement(graph, size),
  }))!;
  const apply = (edit: Edit): void => {
    document.value = applyEdit(document.value, edit).document;
  };
  return { document, ...parts, apply };
}

describe('placement', () => {
  it('lays out and routes nothing anew when a field changes', () => {
    const { placement, apply } = stage('mcn-mnist');
    const [places, edges] = [placement.places.value, placement.edges.value];
    apply({ kind: 'set-field', node: 'mc1', field: 'maps', value: 33 });
    expect(placement.places.value).toBe(places);
    expect(placement.edges.value).toBe(edges);
  });

  it('shows a drag as it happens and forgets it when it is given up', () => {
    const { placement } = stage('mcn-mnist');
    const before = placement.places.value.get('mc1')!;
    placement.drag({ nodes: new Set(['mc1', 'gone']), by: { x: 30, y: -12 } });
    expect(placement.places.value.get('mc1')).toEqual({ x: before.x + 30, y: before.y - 12 });
    expect([...placement.dragged().keys()]).toEqual(['mc1']);
    placement.drag(null);
    expect(placement.places.value.get('mc1')).toEqual(before);
    expect(placement.dragged().size).toBe(0);
  });

  it('tells the canvas below of a drag when it has ended, once', () => {
    const { document, placement, apply } = stage('mcn-mnist');
    const told = (): unknown => viewNodes(placement).find(({ id }) => id === 'mc1')!.corner;
    const before = told();
    placement.drag({ nodes: new Set(['mc1']), by: { x: 30, y: -12 } });
    const held = placement.beforeDrag.value;
    placement.drag({ nodes: new Set(['mc1']), by: { x: 34, y: -12 } });
    expect(placement.beforeDrag.value).toBe(held);
    expect(told()).toEqual(before);
    const edit = moveNodes(document.value, placement.dragged(), new Map())!;
    placement.drag(null);
    apply(edit);
    expect(told()).toEqual(placement.places.value.get('mc1'));
    expect(told()).not.toEqual(before);
  });

  it('leaves out connections to nodes that are not there', () => {
    const { placement, document } = stage('mcn-mnist-tiny');
    const stray = { id: 'stray', from: 'mc1', to: 'nowhere', port: 'in' };
    document.value = { ...document.value, edges: [...document.value.edges, stray] };
    expect(placement.edges.value.some(({ id }) => id === 'stray')).toBe(false);
    expect(placement.edges.value).toHaveLength(document.value.edges.length - 1);
  });
});

describe('placement of groups', () => {
  const members = ['mc2', 'pool2'];
  const framed = withGroup(presetDocument('mcn-mnist'), 'g', members, { open: true });

  function placesOf({ placement }: Stage, ids: readonly string[]) {
    return ids.map((id) => placement.places.value.get(id)!);
  }

  it('a dragged frame takes its cards along and is one node to move', () => {
    const own = stage('', framed);
    const before = placesOf(own, members);
    own.placement.drag({ nodes: new Set(['g']), by: { x: 600, y: 200 } });
    const during = placesOf(own, members);
    expect(during).toEqual(before.map(({ x, y }) => ({ x: x + 600, y: y + 200 })));
    const moved = own.placement.dragged();
    expect([...moved.keys()]).toEqual(['g']);
    own.placement.drag(null);
    own.apply(moveNodes(own.document.value, moved)!);
    for (const [index, { x, y }] of placesOf(own, members).entries()) {
      expect(Math.abs(x - during[index]!.x)).toBeLessThanOrEqual(2);
      expect(Math.abs(y - during[index]!.y)).toBeLessThanOrEqual(2);
    }
  });

  it('a card dragged inside a frame leaves the frame and the others where they are', () => {
    const own = stage('', framed);
    const others = presetDocument('mcn-mnist').nodes.map(({ id }) => id);
    const before = new Map(own.placement.places.value);
    own.placement.drag({ nodes: new Set(['pool2']), by: { x: -8, y: 12 } });
    const moved = own.placement.dragged();
    const pins = own.placement.pins(moved.keys());
    expect([...pins.keys()]).toEqual(['g']);
    own.placement.drag(null);
    own.apply(moveNodes(own.document.value, moved, pins)!);
    const { x, y } = before.get('pool2')!;
    const { x: left, y: top } = own.placement.places.value.get('pool2')!;
    expect([left - x, top - y].map((by) => Math.round(by / 4) * 4)).toEqual([-8, 12]);
    const mc2 = own.placement.places.value.get('mc2')!;
    expect(Math.abs(mc2.x - before.get('mc2')!.x)).toBeLessThan(4);
    expect(own.placement.pins(['pool2']).size).toBe(0);
    expect(others.every((id) => own.placement.places.value.has(id))).toBe(true);
  });

  it('the canvas is told of the bar of a frame as something to take hold of', () => {
    const own = stage('', framed);
    const { left, top, right } = own.placement.frames.value.get('g')!;
    const bar = viewNodes(own.placement).find(({ id }) => id === 'g')!;
    expect(bar).toEqual({
      id: 'g',
      corner: { x: left, y: top },
      size: { width: right - left, height: FRAME_BAR },
    });
  });
});

describe('selection of groups', () => {
  it('a part of an open block stands for the block, what is inside something closed for that at the keyboard', () => {
    const own = stage('', opened(presetDocument('mcn-20'), 'stage1'));
    own.selection.pick('stage1/block2');
    expect(own.selection.ids.value).toEqual(['stage1']);
    const closed = stage('', withGroup(presetDocument('mcn-mnist'), 'g', ['mc2', 'pool2']));
    closed.selection.pick('mc2');
    expect(closed.selection.cursor.value).toBe('g');
  });
});

describe('selection', () => {
  it('picks one, adds and takes out with the additive key, in document order', () => {
    const { selection } = stage('mcn-mnist');
    selection.pick('mc3');
    selection.pick('mc1', true);
    expect(selection.ids.value).toEqual(['mc1', 'mc3']);
    selection.pick('mc3', true);
    expect(selection.ids.value).toEqual(['mc1']);
    selection.pick('mc4');
    expect(selection.ids.value).toEqual(['mc4']);
  });

  it('drops nodes that go, and has them again after an undo', () => {
    const { selection, document, apply } = stage('mcn-mnist');
    const full = document.value;
    selection.replace(['mc1', 'output']);
    apply({ kind: 'disconnect', edge: 'fc2-output' });
    apply({ kind: 'remove-node', node: 'output' });
    expect(selection.ids.value).toEqual(['mc1']);
    expect(selection.cursor.value).toBe('mc1');
    document.value = full;
    expect(selection.ids.value).toEqual(['mc1', 'output']);
  });

  it('the keyboard starts at the first node', () => {
    expect(stage('mcn-20').selection.cursor.value).toBe('input');
  });
});

describe('viewport', () => {
  const canvas = { width: 800, height: 500 };
  const far = { left: 2000, top: -900, right: 2156, bottom: -820 };

  it('fit shows everything and enlarges nothing', () => {
    const small = { left: 0, top: 0, right: 100, bottom: 80 };
    expect(fitViewport(small, canvas).zoom).toBe(1);
    const large = { left: -500, top: -300, right: 4000, bottom: 900 };
    const seen = seenBounds(fitViewport(large, canvas), canvas);
    expect(seen.left).toBeLessThan(large.left);
    expect(seen.right).toBeGreaterThan(large.right);
    expect(seen.top).toBeLessThan(large.top);
    expect(seen.bottom).toBeGreaterThan(large.bottom);
  });

  it('a jump puts a card in the middle', () => {
    const seen = seenBounds(centreOn(far, 0.5, canvas), canvas);
    expect((seen.left + seen.right) / 2).toBeCloseTo((far.left + far.right) / 2);
    expect((seen.top + seen.bottom) / 2).toBeCloseTo((far.top + far.bottom) / 2);
  });

  it('going to a card moves nothing while it can be read, and comes near enough otherwise', () => {
    const near = { left: 300, top: 200, right: 456, bottom: 280 };
    const here = { zoom: 1, x: 0, y: 0 };
    expect(approach(near, here, canvas)).toBe(here);
    expect(approach(far, here, canvas)).toEqual(centreOn(far, 1, canvas));
    const { zoom, ...corner } = approach(near, { zoom: 0.1, x: 0, y: 0 }, canvas);
    expect(zoom).toBeGreaterThan(0.5);
    expect({ zoom, ...corner }).toEqual(centreOn(near, zoom, canvas));
  });

  it('looking for several things moves nothing while a part of one is in sight, and else zooms no more than it must', () => {
    const here = { zoom: 1.5, x: 0, y: 0 };
    const beside = { left: 2200, top: -850, right: 2300, bottom: -800 };
    expect(seek([], here, canvas)).toBe(here);
    expect(seek([far, { left: -90, top: -70, right: 2, bottom: 2 }], here, canvas)).toBe(here);
    expect(seek([far, beside], here, canvas)).toEqual(
      centreOn({ left: 2000, top: -900, right: 2300, bottom: -800 }, 1.5, canvas),
    );
    const wide = { ...far, right: 9000 };
    expect(seek([far, wide], here, canvas)).toEqual(fitViewport(wide, canvas));
  });

  it('reveal moves only as far as needed, and not at all when a card is in sight', () => {
    const here = { zoom: 1, x: 0, y: 0 };
    expect(reveal({ left: 300, top: 200, right: 456, bottom: 280 }, here, canvas)).toEqual(here);
    const seen = seenBounds(reveal(far, here, canvas), canvas);
    expect(seen.left).toBeLessThan(far.left);
    expect(seen.right).toBeGreaterThan(far.right);
    expect(seen.top).toBeLessThan(far.top);
    expect(seen.bottom).toBeGreaterThan(far.bottom);
  });

  it('scrolls only near an edge or past it, faster the further, and never faster than can be followed', () => {
    expect([40, 450, 860].map((at) => edgeSpeed(at, 900))).toEqual([0, 0, 0]);
    expect(edgeSpeed(880, 900)).toBeGreaterThan(0);
    expect(edgeSpeed(920, 900)).toBeGreaterThan(edgeSpeed(880, 900));
    expect(edgeSpeed(5000, 900)).toBe(edgeSpeed(9000, 900));
    for (const at of [-5000, -20, 20, 450]) expect(edgeSpeed(at, 900)).toBeCloseTo(-edgeSpeed(900 - at, 900));
  });
});
