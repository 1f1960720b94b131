import fc from 'fast-check';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeKinds } from '@shared/blocks/node-kinds';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { arrange, ARRANGEMENTS } from '@renderer/designer/arrange/arrangements';
import { copyNodes } from '@renderer/designer/clipboard/clip';
import { pasteShift } from '@renderer/designer/clipboard/paste-shift';
import { addNodeAt } from '@renderer/designer/edits/add-node-at';
import { connect } from '@renderer/designer/edits/connect';
import { disconnect, edgesAt } from '@renderer/designer/edits/disconnect';
import { groupNodes } from '@renderer/designer/edits/group-nodes';
import { insertIntoEdge } from '@renderer/designer/edits/insert-into-edge';
import { insertNode } from '@renderer/designer/edits/insert-node';
import { moveNodes } from '@renderer/designer/edits/move-nodes';
import { paste } from '@renderer/designer/edits/paste';
import { removeAndReconnect } from '@renderer/designer/edits/remove-and-reconnect';
import { setFields } from '@renderer/designer/edits/set-fields';
import { tidy } from '@renderer/designer/edits/tidy';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { placeNodes } from '@renderer/designer/layout/place-nodes';
import { advance, beginTimeline, stepBack, stepForward } from '@renderer/stores/timeline';
import { useProjectStore } from '@renderer/stores/project';
import { anyDocument, presetDocument } from './sample-documents';

const FREE = { width: 860, height: 560 };
const types = nodeKinds.map(({ type }) => type);
const inner = types.filter((type) => type !== 'input' && type !== 'output');

/** Everything the designer does to a design, each chosen by two numbers; null where there is nothing to do. */
const steps: Readonly<Record<string, (document: GraphDocument, a: number, b: number) => Edit | null>> = {
  insert: (document, a, b) => {
    const after = document.nodes[b % (document.nodes.length + 1)]?.id ?? null;
    return insertNode(document, types[a % types.length]!, after, placesOf(document)).edit;
  },
  add: (document, a, b) =>
    addNodeAt(document, types[a % types.length]!, { x: a, y: b }, null, placesOf(document)).edit,
  'add to output': (document, a, b) => {
    const node = pick(document.nodes, b);
    const end = node && { node: node.id, port: null };
    return end
      ? addNodeAt(document, inner[a % inner.length]!, { x: a, y: b }, end, placesOf(document)).edit
      : null;
  },
  'add to input': (document, a, b) => {
    const node = pick(document.nodes, b);
    const end = node && { node: node.id, port: 'in' };
    return end
      ? addNodeAt(document, inner[a % inner.length]!, { x: a, y: b }, end, placesOf(document)).edit
      : null;
  },
  'into edge': (document, a, b) => {
    const edge = pick(document.edges, b);
    return edge ? insertIntoEdge(document, inner[a % inner.length]!, edge.id, { x: a, y: b }).edit : null;
  },
  connect: (document, a, b) => {
    const [from, to] = [pick(document.nodes, a), pick(document.nodes, b)];
    return from && to ? connect(document, { from: from.id, to: to.id, port: 'in' }) : null;
  },
  replug: (document, a, b) => {
    const [moved, node] = [pick(document.edges, a), pick(document.nodes, b)];
    if (!moved || !node) return null;
    const end = b % 2 === 0 ? { from: node.id, to: moved.to } : { from: moved.from, to: node.id };
    return connect(document, { ...end, port: 'in' }, moved);
  },
  disconnect: (document, a, b) => {
    const chosen = document.edges.filter((_, index) => (index + a) % ((b % 5) + 2) === 0);
    return disconnect(chosen.map(({ id }) => id));
  },
  'disconnect nodes': (document, a) => {
    const node = pick(document.nodes, a);
    return node ? disconnect(edgesAt(document, new Set([node.id]))) : null;
  },
  remove: (document, a, b) => {
    const ids = document.nodes.filter((_, index) => (index + a) % ((b % 5) + 2) === 0).map(({ id }) => id);
    return ids.length > 0 ? removeAndReconnect(document, ids) : null;
  },
  paste: (document, a, b) => {
    const chosen = document.nodes.filter((_, index) => (index + a) % ((b % 5) + 2) === 0);
    if (chosen.length === 0) return null;
    const places = placesOf(document);
    const clip = copyNodes(document, new Set(chosen.map(({ id }) => id)), places);
    return paste(document, clip, pasteShift(clip, [...places.values()], { x: a, y: b })).edit;
  },
  arrange: (document, a) =>
    moveNodes(document, arrange(placesOf(document), ARRANGEMENTS[a % ARRANGEMENTS.length]!)),
  move: (document, a, b) => {
    const node = pick(document.nodes, a);
    return node ? moveNodes(document, new Map([[node.id, { x: a, y: -b }]])) : null;
  },
  tidy: (document) => tidy(document),
  fields: (document, a, b) => {
    const ids = document.nodes.map(({ id }) => id).slice(0, (a % 4) + 1);
    return ids.length > 0 ? setFields(document, ids, 'maps', 'Maps', b % 3 === 0 ? undefined : b) : null;
  },
};

function pick<T>(items: readonly T[], number: number): T | undefined {
  return items[number % Math.max(1, items.length)];
}

function placesOf(document: GraphDocument): ReturnType<typeof placeNodes> {
  return placeNodes(document.nodes, autoLayout(document, FREE));
}

describe('undo of everything the designer does', () => {
  it('gives every state back exactly, and redo too, for any sequence of its edits', () => {
    const step = fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.nat(1000), fc.nat(1000));
    const done = new Set<string>();
    fc.assert(
      fc.property(anyDocument, fc.array(step, { maxLength: 12 }), (start, sequence) => {
        const documents = [start];
        const inverses: Edit[] = [];
        for (const [name, a, b] of sequence) {
          const current = documents.at(-1)!;
          const edit = steps[name]!(current, a, b);
          if (!edit) continue;
          done.add(name);
          const edited = applyEdit(current, edit);
          documents.push(edited.document);
          inverses.push(edited.inverse);
        }
        let current = documents.at(-1)!;
        for (let index = inverses.length - 1; index >= 0; index -= 1) {
          const undone = applyEdit(current, inverses[index]!);
          expect(undone.document).toEqual(documents[index]);
          expect(applyEdit(undone.document, undone.inverse).document).toEqual(current);
          current = undone.document;
        }
      }),
      { numRuns: 150 },
    );
    expect([...done].sort()).toEqual(Object.keys(steps).sort());
  });

  it('needs no more than the timeline: each edit is one step of it', () => {
    const document = presetDocument('mcn-mnist');
    let line = beginTimeline(document);
    for (const [index, name] of Object.keys(steps).entries()) {
      const edit = steps[name]!(line.present, 7 + index, 11);
      if (edit) line = advance(line, name, applyEdit(line.present, edit).document, null, index);
    }
    const last = line.present;
    const count = line.past.length;
    expect(count).toBeGreaterThan(10);
    for (let index = 0; index < count; index += 1) line = stepBack(line);
    expect(line.present).toBe(document);
    for (let index = 0; index < count; index += 1) line = stepForward(line);
    expect(line.present).toBe(last);
  });
});

describe('what is one step', () => {
  beforeEach(() => {
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
    vi.stubGlobal('document', { documentElement: { dataset: {} } });
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
    vi.useFakeTimers();
    setActivePinia(createPinia());
    return () => {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    };
  });

  function opened(): ReturnType<typeof useProjectStore> {
    const store = useProjectStore();
    store.openPreset('mcn-mnist');
    return store;
  }
  const documentOf = (store: ReturnType<typeof useProjectStore>): GraphDocument => store.project!.document;

  it('a number typed into a field of several layers, digit by digit', () => {
    const store = opened();
    const before = documentOf(store);
    for (const value of [1, 12, 128]) {
      store.apply(
        setFields(documentOf(store), ['mc1', 'mc2'], 'maps', 'Feature maps', value),
        'field.maps.mc1 mc2',
      );
      vi.advanceTimersByTime(300);
    }
    expect(documentOf(store).nodes.filter(({ fields }) => fields.maps === 128)).toHaveLength(2);
    store.undo();
    expect(documentOf(store)).toBe(before);
    expect(store.canUndo).toBe(false);
    store.redo();
    expect(documentOf(store).nodes.filter(({ fields }) => fields.maps === 128)).toHaveLength(2);
  });

  it('arrow keys that nudge one after the other, but not after a pause', () => {
    const store = opened();
    const before = documentOf(store);
    const nudge = (x: number): void => {
      store.apply(moveNodes(documentOf(store), new Map([['mc1', { x, y: 0 }]]))!, 'nudge.mc1');
    };
    for (const x of [4, 8, 12]) {
      nudge(x);
      vi.advanceTimersByTime(100);
    }
    vi.advanceTimersByTime(2000);
    nudge(16);
    store.undo();
    expect(documentOf(store).nodes.find(({ id }) => id === 'mc1')?.position).toEqual({ x: 12, y: 0 });
    store.undo();
    expect(documentOf(store)).toBe(before);
  });

  it('a drag of several cards, each drag for itself', () => {
    const store = opened();
    const before = documentOf(store);
    store.apply(moveNodes(documentOf(store), new Map(['mc1', 'mc2'].map((id) => [id, { x: 40, y: 400 }])))!);
    const once = documentOf(store);
    store.apply(moveNodes(documentOf(store), new Map([['mc1', { x: 80, y: 400 }]]))!);
    store.undo();
    expect(documentOf(store)).toBe(once);
    store.undo();
    expect(documentOf(store)).toBe(before);
  });

  it('copies with all their connections, under a name for the undo list', () => {
    const store = opened();
    const before = documentOf(store);
    const places = placesOf(before);
    const clip = copyNodes(before, new Set(['mc1', 'mc2']), places);
    store.apply(paste(before, clip, { x: 0, y: 300 }).edit);
    expect(store.undoLabel).toBe('paste 2 layers');
    store.undo();
    expect(documentOf(store)).toBe(before);
  });

  it('each step is named after the layers that it is about, a copy after its original', () => {
    const store = opened();
    const named = (edit: Edit): string | null => {
      store.apply(edit);
      const label = store.undoLabel;
      store.undo();
      return label;
    };
    const design = documentOf(store);
    const places = placesOf(design);
    const copy = copyNodes(design, new Set(['mc2']), places);
    const moved = new Map(['mc1', 'mc2'].map((id) => [id, { x: 0, y: 0 }]));
    expect(named(paste(design, copy, { x: 0, y: 300 }, { verb: 'Duplicate' }).edit)).toBe(
      'duplicate MCconv 2',
    );
    expect(named(moveNodes(design, new Map([...moved].slice(1)))!)).toBe('move MCconv 2');
    expect(named(moveNodes(design, moved)!)).toBe('move 2 layers');
    expect(named(removeAndReconnect(design, ['mc2']))).toBe('remove MCconv 2');
    expect(named(removeAndReconnect(design, ['mc1', 'mc2']))).toBe('remove 2 layers');
    expect(named(setFields(design, ['mc1', 'mc2'], 'maps', 'Feature maps', 8))).toBe(
      'feature maps of 2 layers',
    );
    const grouping = groupNodes(design, ['mc1', 'mc2']);
    expect(grouping.ok && named(grouping.value.edit)).toBe('group 2 layers');
  });
});
