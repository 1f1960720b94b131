import { describe, expect, it } from 'vitest';
import { nodeKinds } from '@shared/blocks/node-kinds';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { lower } from '@shared/network/lower';
import { addNodeAt } from '@renderer/designer/edits/add-node-at';
import { fitsIntoEdge, insertIntoEdge } from '@renderer/designer/edits/insert-into-edge';
import type { Insertion } from '@renderer/designer/edits/insert-node';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { usePaletteDrag } from '@renderer/designer/palette/use-palette-drag';
import { quickAddItems } from '@renderer/designer/quick-add/quick-add-items';
import { popupPlace } from '@renderer/designer/search/popup-place';
import { presetDocument } from './sample-documents';

const AT_PLACE = { kind: 'place' } as const;
const document = presetDocument('mcn-mnist');
const places = autoLayout(document, { width: 860, height: 560 });

function added(before: GraphDocument, { edit, node }: Insertion): { after: GraphDocument; node: string } {
  const { document: after, inverse } = applyEdit(before, edit);
  expect(applyEdit(after, inverse).document).toEqual(before);
  return { after, node };
}

describe('the list of layers', () => {
  it('offers every type without a query, category by category', () => {
    const items = quickAddItems('', AT_PLACE);
    expect(items.map(({ id }) => id).sort()).toEqual(nodeKinds.map(({ type }) => type).sort());
    const groups = items.map(({ group }) => group);
    expect(groups.filter((group, index) => group !== groups[index - 1])).toHaveLength(new Set(groups).size);
  });

  it('puts first what begins like the query, whatever else mentions it', () => {
    expect(quickAddItems('conv', AT_PLACE)[0]!.id).toBe('conv');
    expect(quickAddItems('pool', AT_PLACE).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['maxpool', 'avgpool', 'globalavgpool']),
    );
    expect(quickAddItems('o', AT_PLACE)[0]!.id).toBe('output');
    expect(quickAddItems('no such layer', AT_PLACE)).toEqual([]);
  });

  it('offers a loose end only what it can lead to', () => {
    const behind = quickAddItems('', { kind: 'end', from: { node: 'mc1', port: null } }).map(({ id }) => id);
    expect(behind).not.toContain('input');
    expect(behind).toContain('output');
    const before = quickAddItems('', { kind: 'end', from: { node: 'mc1', port: 'in' } }).map(({ id }) => id);
    expect(before).toContain('input');
    expect(before).not.toContain('output');
  });

  it('offers a connection only what can stand in it', () => {
    const ids = quickAddItems('', { kind: 'edge', edge: 'mc1-pool1' }).map(({ id }) => id);
    expect(ids).toContain('relu');
    expect(ids).not.toContain('input');
    expect(ids).not.toContain('output');
  });

  it('opens on the canvas, moved as little as it takes', () => {
    const popup = { width: 280, height: 320 };
    const canvas = { width: 900, height: 600 };
    expect(popupPlace({ x: 100, y: 90 }, popup, canvas)).toEqual({ x: 100, y: 90 });
    expect(popupPlace({ x: 880, y: 590 }, popup, canvas)).toEqual({ x: 612, y: 272 });
    expect(popupPlace({ x: -40, y: 0 }, popup, canvas)).toEqual({ x: 8, y: 8 });
  });
});

describe('adding at a place', () => {
  it('stands alone there, on the grid, and leaves the others to the layout', () => {
    const { after, node } = added(document, addNodeAt(document, 'add', { x: 301, y: 77 }, null, places));
    expect(after.nodes.find(({ id }) => id === node)?.position).toEqual({ x: 300, y: 76 });
    expect(after.nodes.filter(({ position }) => position)).toHaveLength(1);
    expect(after.edges).toEqual(document.edges);
  });

  it('is connected to the end that was let go of, and no other card moves', () => {
    const behind = added(
      document,
      addNodeAt(document, 'add', { x: 0, y: 600 }, { node: 'mc2', port: null }, places),
    );
    expect(behind.after.edges.at(-1)).toMatchObject({ from: 'mc2', to: behind.node, port: 'in' });
    for (const { id, position } of behind.after.nodes)
      if (id !== behind.node) expect(position).toEqual(places.get(id));

    const before = added(
      document,
      addNodeAt(document, 'relu', { x: 0, y: 600 }, { node: 'mc2', port: 'in' }, places),
    );
    expect(before.after.edges.filter(({ to }) => to === 'mc2').map(({ from }) => from)).toEqual([
      before.node,
    ]);
  });
});

describe('dropping from the palette', () => {
  it('puts a layer into the connection, which the layout then makes room for', () => {
    const edge = document.edges.find(({ to }) => to === 'mc2')!;
    const { after, node } = added(document, insertIntoEdge(document, 'relu', edge.id, { x: 5, y: 5 }));
    expect(after.edges.find(({ to }) => to === 'mc2')?.from).toBe(node);
    expect(after.edges.find(({ to }) => to === node)?.from).toBe(edge.from);
    expect(after.nodes.find(({ id }) => id === node)?.position).toBeUndefined();
    expect(lower(after, 'mcn').problems).toEqual([]);
  });

  it('stands where it was dropped between cards that were moved by hand', () => {
    const edge = document.edges.find(({ to }) => to === 'mc2')!;
    const moved = applyEdit(document, { kind: 'move', node: 'mc2', position: { x: 400, y: 400 } }).document;
    const { after, node } = added(moved, insertIntoEdge(moved, 'relu', edge.id, { x: 201, y: 203 }));
    expect(after.nodes.find(({ id }) => id === node)?.position).toEqual({ x: 200, y: 204 });
  });

  it('aims at a connection only with what reads and is read', () => {
    expect(['relu', 'add', 'mcconv'].every(fitsIntoEdge)).toBe(true);
    expect(['input', 'output', 'unheard-of'].some(fitsIntoEdge)).toBe(false);
    const dragging = usePaletteDrag(({ x, y }) => ({ x, y: y + 500 }));
    const near = (): string => 'some-edge';
    dragging.over({ x: 1, y: 1 }, near);
    expect(dragging.drag.value).toBeNull();
    dragging.begin('relu');
    dragging.over({ x: 178, y: 140 }, near);
    expect(dragging.drag.value).toEqual({ type: 'relu', corner: { x: 100, y: 100 }, edge: 'some-edge' });
    dragging.leave();
    expect(dragging.drag.value).toEqual({ type: 'relu', corner: null, edge: null });
    dragging.begin('input');
    dragging.over({ x: 178, y: 140 }, near);
    expect(dragging.drag.value).toEqual({ type: 'input', corner: { x: 100, y: 600 }, edge: null });
    dragging.end();
    expect(dragging.drag.value).toBeNull();
  });
});
