import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computed, effectScope, nextTick, shallowRef } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { removeAndReconnect } from '@renderer/designer/edits/remove-and-reconnect';
import { flowOrder } from '@renderer/designer/outline/flow-order';
import { outlineKeys } from '@renderer/designer/outline/outline-keys';
import { outlineRows, type OutlineRow } from '@renderer/designer/outline/outline-rows';
import { useOutline } from '@renderer/designer/outline/use-outline';
import { useEdgeSelection } from '@renderer/designer/state/use-edge-selection';
import { useSelection } from '@renderer/designer/state/use-selection';
import { anyGrouped, opened, shownOf, withGroup } from './grouped-documents';
import { anyDocument, presetDocument, reluChain } from './sample-documents';

const mnist = presetDocument('mcn-mnist-tiny');

function rowsOf(
  document: GraphDocument,
  listed: readonly string[] = [],
  openParts: readonly string[] = [],
): OutlineRow[] {
  return outlineRows({ document, shown: shownOf(document, 'mcn', openParts), listed: new Set(listed) });
}

/** "2 mc1" for a row of the second level; "+" in front of what can be opened, "-" of what is open. */
function drawn(rows: readonly OutlineRow[]): string[] {
  return rows.map(({ level, id, open }) => `${open === null ? '' : open ? '-' : '+'}${level} ${id}`);
}

/** n0 leads to n1, n2, and by n3, n4 to n5; the document has them in another order. */
function branches(): GraphDocument {
  const { nodes, version } = reluChain(6);
  const order = [0, 1, 3, 2, 4, 5].map((index) => nodes[index]!);
  const pairs = [
    ['n0', 'n1'],
    ['n0', 'n3'],
    ['n1', 'n2'],
    ['n3', 'n4'],
    ['n2', 'n5'],
    ['n4', 'n5'],
  ] as const;
  return {
    version,
    nodes: order,
    edges: pairs.map(([from, to]) => ({ id: `${from}-${to}`, from, to, port: 'in' })),
  };
}

describe('the order of the data', () => {
  it('takes a branch to its end before the next one', () => {
    expect(flowOrder(branches())).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5']);
  });

  it('has every layer once, behind all that it reads unless a loop is before it', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const order = flowOrder(document);
        expect([...order].sort()).toEqual(document.nodes.map(({ id }) => id).sort());
        const places = new Map(order.map((id, place) => [id, place]));
        const looping = new Set<string>();
        const leads = (from: string, to: string, seen: Set<string>): boolean =>
          document.edges.some((edge) => {
            if (edge.from !== from || seen.has(edge.to)) return edge.from === from && edge.to === to;
            return edge.to === to || leads(edge.to, to, seen.add(edge.to));
          });
        for (const { id } of document.nodes) if (leads(id, id, new Set())) looping.add(id);
        const behind = (id: string): boolean =>
          looping.has(id) || [...looping].some((other) => leads(other, id, new Set()));
        for (const { from, to } of document.edges) {
          if (!behind(to)) expect(places.get(from)).toBeLessThan(places.get(to)!);
        }
      }),
    );
  });
});

describe('rows', () => {
  it('are the layers in the order of the data; only what is not read from the row before is told', () => {
    const rows = rowsOf(branches());
    expect(drawn(rows)).toEqual(['1 n0', '+1 n1', '+1 n2', '+1 n3', '+1 n4', '+1 n5']);
    expect(rows.map(({ sources }) => sources)).toEqual([[], [], [], ['n0'], [], ['n2', 'n4']]);
    expect(rows.map(({ place, count }) => `${place}/${count}`)).toEqual([
      '1/6',
      '2/6',
      '3/6',
      '4/6',
      '5/6',
      '6/6',
    ]);
  });

  it('list the connections of a layer below it', () => {
    const rows = rowsOf(branches(), ['n5']);
    expect(drawn(rows).slice(-3)).toEqual(['-1 n5', '2 n2-n5', '2 n4-n5']);
    expect(rows.at(-1)).toMatchObject({ kind: 'connection', parent: 'node n5', place: 2, count: 2 });
  });

  it('lie in groups and open blocks as on the canvas', () => {
    const closed = withGroup(mnist, 'g', ['mc2', 'pool2']);
    expect(drawn(rowsOf(closed))).toContain('+1 g');
    expect(drawn(rowsOf(closed)).join()).not.toContain('mc2');
    const open = drawn(rowsOf(opened(closed, 'g')));
    expect(open.slice(open.indexOf('-1 g'), open.indexOf('-1 g') + 3)).toEqual([
      '-1 g',
      '+2 mc2',
      '+2 pool2',
    ]);
    const stage = rowsOf(opened(presetDocument('mcn-20'), 'stage2'), [], ['stage2/block1']);
    expect(drawn(stage)).toEqual(
      expect.arrayContaining([
        '-1 stage2',
        '-2 stage2/block1',
        '3 stage2/block1/add',
        '+2 stage2/block2',
        '+1 stage3',
      ]),
    );
    const sources = (id: string) => stage.find((row) => row.id === id)!.sources;
    expect([sources('stage2/block2'), sources('stage3'), sources('stage2')]).toEqual([[], [], []]);
    expect(sources('stage2/block1/add').length).toBe(2);
  });

  it('show of any design what the canvas shows, each once and under its frame', () => {
    fc.assert(
      fc.property(anyGrouped, (document) => {
        const shown = shownOf(document);
        const rows = outlineRows({ document, shown, listed: new Set(document.nodes.map(({ id }) => id)) });
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
        const nodes = rows.filter(({ kind }) => kind === 'node');
        expect(nodes.map(({ id }) => id).sort()).toEqual(shown.graph.nodes.map(({ id }) => id).sort());
        for (const node of shown.graph.nodes) {
          const row = nodes.find(({ id }) => id === node.id)!;
          expect(row.parent).toBe(node.parent === undefined ? null : `node ${node.parent}`);
        }
        rows.forEach((row, index) => {
          const before = rows[index - 1];
          expect(row.level).toBeLessThanOrEqual((before?.level ?? 0) + 1);
          if (row.level > (before?.level ?? 0) && before) expect(row.parent).toBe(before.key);
        });
      }),
    );
  });
});

function room(start: GraphDocument) {
  const document = shallowRef(start);
  const now = computed(() => document.value);
  const design = computed(() => shownOf(document.value));
  const apply = (edit: Edit): void => {
    document.value = applyEdit(document.value, edit).document;
  };
  const went: string[] = [];
  return effectScope().run(() => {
    const selection = useSelection(now, (id) => design.value.standIn(id));
    const edges = useEdgeSelection(now, selection);
    const outline = useOutline({
      document: now,
      selection,
      edges,
      shown: { design },
      groups: {
        toggleNode: (node) => {
          apply({ kind: 'set-open', node, open: !document.value.nodes.find(({ id }) => id === node)!.open });
        },
      },
      jumpTo: (node) => went.push(node),
      callCanvas: () => went.push('canvas'),
      removeSelected: () => {
        apply(removeAndReconnect(document.value, selection.ids.value));
      },
      reveal: () => undefined,
      apply,
    });
    const names = computed(() => new Map(document.value.nodes.map(({ id, name }) => [id, name])));
    const press = outlineKeys({
      outline,
      nameOf: ({ id }) => names.value.get(id) ?? '',
      page: () => 3,
      callMenu: () => went.push('menu'),
      clear: selection.clear,
    });
    let time = 0;
    const key = (name: string, held: Partial<KeyboardEvent> = {}, pause = 10): void => {
      time += pause;
      const nothing = (): void => undefined;
      press({
        key: name,
        timeStamp: time,
        preventDefault: nothing,
        stopPropagation: nothing,
        ...held,
      } as KeyboardEvent);
    };
    const at = (): string | undefined => outline.rows.value[outline.active.value]?.id;
    return { document, selection, edges, outline, key, at, went, apply };
  })!;
}

describe('the keyboard in the outline', () => {
  it('moves and selects, with Shift a range, with Ctrl without selecting', () => {
    const { key, at, selection } = room(mnist);
    expect(at()).toBe('input');
    key('ArrowDown');
    expect([at(), selection.ids.value]).toEqual(['mc1', ['mc1']]);
    key('ArrowDown', { shiftKey: true });
    key('ArrowDown', { shiftKey: true });
    expect(selection.ids.value).toEqual(['mc1', 'pool1', 'mc2']);
    key('ArrowUp', { shiftKey: true });
    expect(selection.ids.value).toEqual(['mc1', 'pool1']);
    key('End', { ctrlKey: true });
    expect([at(), selection.ids.value]).toEqual(['output', ['mc1', 'pool1']]);
    key(' ');
    expect(selection.ids.value).toEqual(['mc1', 'pool1', 'output']);
    key('Home');
    expect(selection.ids.value).toEqual(['input']);
    key('PageDown');
    expect(at()).toBe('mc2');
  });

  it('opens, goes inward and outward, and closes', () => {
    const { key, at, edges } = room(withGroup(mnist, 'g', ['mc2', 'pool2']));
    while (at() !== 'g') key('ArrowDown');
    key('ArrowRight');
    key('ArrowRight');
    expect(at()).toBe('mc2');
    key('ArrowRight');
    key('ArrowRight');
    expect([at(), edges.ids.value]).toEqual(['pool1-mc2', ['pool1-mc2']]);
    key('ArrowLeft');
    key('ArrowLeft');
    key('ArrowLeft');
    expect(at()).toBe('g');
    key('ArrowLeft');
    key('ArrowDown');
    expect(at()).toBe('mc3');
  });

  it('finds names by their first letters', () => {
    const { key, at } = room(mnist);
    const mc = mnist.nodes.filter(({ type }) => type === 'mcconv').map(({ id }) => id);
    key('m');
    expect(at()).toBe(mc[0]);
    key('m');
    expect(at()).toBe(mc[1]);
    'mcconv 3'.split('').forEach((letter, index) => {
      key(letter, {}, index === 0 ? 5000 : 10);
    });
    expect(at()).toBe('mc3');
  });

  it('renames, removes and goes to the canvas', () => {
    const { key, at, outline, document, went } = room(mnist);
    key('ArrowDown');
    key('F2');
    expect(outline.renaming.value).toBe('node mc1');
    outline.endRename('  First  ');
    expect(document.value.nodes.find(({ id }) => id === 'mc1')!.name).toBe('First');
    key('F2');
    outline.endRename(null);
    expect(document.value.nodes.find(({ id }) => id === 'mc1')!.name).toBe('First');
    key('Delete');
    expect(document.value.nodes.some(({ id }) => id === 'mc1')).toBe(false);
    expect(at()).toBe('pool1');
    key('Enter');
    key('F10', { shiftKey: true });
    expect(went).toEqual(['pool1', 'canvas', 'menu']);
  });

  it('follows what is selected elsewhere, and stays at a part while its block is selected', async () => {
    const { key, at, selection, edges } = room(opened(presetDocument('mcn-20'), 'stage1'));
    selection.pick('stage3');
    await nextTick();
    expect(at()).toBe('stage3');
    edges.pick('stage1-stage2');
    await nextTick();
    expect(at()).toBe('stage2');
    key('ArrowUp');
    await nextTick();
    expect([at(), selection.ids.value]).toEqual(['stage1/block3', ['stage1']]);
    key('ArrowUp');
    await nextTick();
    expect(at()).toBe('stage1/block2');
  });
});
