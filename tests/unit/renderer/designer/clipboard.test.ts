import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { clipText, copyNodes, readClip } from '@renderer/designer/clipboard/clip';
import { pasteShift } from '@renderer/designer/clipboard/paste-shift';
import { paste } from '@renderer/designer/edits/paste';
import { cardsOverlap } from '@renderer/designer/layout/card-size';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { anyGrouped, withGroup } from './grouped-documents';
import { anyDocument, presetDocument } from './sample-documents';

const FREE = { width: 860, height: 560 };
const document = presetDocument('mcn-mnist');
const places = autoLayout(document, FREE);
const clip = copyNodes(document, new Set(['mc1', 'mc2', 'output']), places);

function read(text: string): GraphDocument {
  const result = readClip(text);
  if (!result.ok) throw new Error(result.problems[0]!.message);
  return result.value;
}

describe('copying', () => {
  it('takes the nodes with their places and the connections among them alone', () => {
    expect(clip.nodes.map(({ id, position }) => [id, position])).toEqual(
      ['mc1', 'mc2', 'output'].map((id) => [id, places.get(id)]),
    );
    const pair = document.edges[2]!;
    expect(clip.edges).toEqual([]);
    expect(copyNodes(document, new Set([pair.from, pair.to]), places).edges).toEqual([pair]);
  });

  it('is readable text of a version, and reads back as it was', () => {
    expect(JSON.parse(clipText(clip))).toMatchObject({
      format: 'mcn-studio/layers',
      document: { version: document.version },
    });
    expect(read(clipText(clip))).toEqual(clip);
  });

  it.each([
    ['', 'clipboard-foreign'],
    ['a sentence', 'clipboard-foreign'],
    ['null', 'clipboard-foreign'],
    ['[1, 2]', 'clipboard-foreign'],
    [JSON.stringify(clip), 'clipboard-foreign'],
    ['{"format": "other/layers", "document": {}}', 'clipboard-foreign'],
    ['{"format": "mcn-studio/layers"}', 'clipboard-invalid'],
    [clipText({ ...clip, version: 99 as never }), 'clipboard-invalid'],
    [clipText({ ...clip, nodes: [{ ...clip.nodes[0]!, name: '' }] }), 'clipboard-invalid'],
    [clipText(clip).replace('"edges"', '"lines"'), 'clipboard-invalid'],
  ])('refuses %j with %s and a way out', (text, code) => {
    const result = readClip(text);
    expect(result.ok).toBe(false);
    if (!result.ok)
      expect(result.problems).toEqual([expect.objectContaining({ code, fix: expect.any(String) })]);
  });
});

describe('pasting', () => {
  it('lets copies read what the originals read, in the order of merging', () => {
    const sum = { id: 'sum', type: 'concat', name: 'Concat', fields: {} };
    const wires = ['mc1', 'pool1'].map((from) => ({ id: `${from}-sum`, from, to: 'sum', port: 'in' }));
    const design = { ...document, nodes: [...document.nodes, sum], edges: [...document.edges, ...wires] };
    const chosen = copyNodes(design, new Set(['sum', 'pool1']), new Map(), true);
    const { edit, nodes } = paste(design, chosen, { x: 0, y: 0 }, { verb: 'Duplicate', inputs: true });
    const after = applyEdit(design, edit).document;
    const copy = (type: string): string =>
      after.nodes.find((node) => nodes.includes(node.id) && node.type === type)!.id;
    const pool = design.nodes.find(({ id }) => id === 'pool1')!.type;
    const into = (id: string): string[] => after.edges.filter(({ to }) => to === id).map(({ from }) => from);
    expect(into(copy(pool))).toEqual(['mc1']);
    expect(into(copy('concat'))).toEqual(['mc1', copy(pool)]);
    expect(after.edges).toHaveLength(design.edges.length + 3);
  });

  it('keeps fields and connections under free ids and names, in one step', () => {
    const pair = copyNodes(document, new Set([document.edges[1]!.from, document.edges[1]!.to]), places);
    const { edit, nodes } = paste(document, pair, { x: 10, y: 20 });
    const after = applyEdit(document, edit).document;
    const copies = nodes.map((id) => after.nodes.find((node) => node.id === id)!);
    expect(copies.map(({ fields }) => fields)).toEqual(pair.nodes.map(({ fields }) => fields));
    expect(copies.map(({ position }) => position)).toEqual(
      pair.nodes.map(({ position }) => ({
        x: Math.round((position!.x + 10) / 4) * 4,
        y: Math.round((position!.y + 20) / 4) * 4,
      })),
    );
    expect(after.edges.at(-1)).toMatchObject({ from: nodes[0], to: nodes[1] });
    expect(after.nodes.find(({ name }) => name === 'MCconv 5')).toBeDefined();
  });

  it('keeps everything into an empty design', () => {
    const whole = copyNodes(document, new Set(document.nodes.map(({ id }) => id)), new Map());
    const after = applyEdit(emptyDocument(), paste(emptyDocument(), whole, { x: 0, y: 0 }).edit).document;
    expect(after).toEqual(document);
  });

  it('makes ids and names of their own and undoes exactly, in any graph, however often', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (start, other) => {
        let current = start;
        for (let count = 0; count < 3; count += 1) {
          const { edit, nodes } = paste(current, other, { x: 0, y: 0 });
          const { document: after, inverse } = applyEdit(current, edit);
          expect(applyEdit(after, inverse).document).toEqual(current);
          expect(nodes).toHaveLength(other.nodes.length);
          expect(after.edges).toHaveLength(current.edges.length + other.edges.length);
          current = after;
        }
        for (const key of ['id', 'name'] as const) {
          expect(new Set(current.nodes.map((node) => node[key])).size).toBe(current.nodes.length);
        }
        expect(new Set(current.edges.map(({ id }) => id)).size).toBe(current.edges.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('where copies go', () => {
  const taken = [...places.values()];

  it('is amid the pointer where there is room, else below where they were', () => {
    expect(pasteShift(clip, [], { x: 0, y: 0 })).not.toEqual(pasteShift(clip, [], { x: 50, y: 0 }));
    const one = copyNodes(document, new Set(['mc1']), places);
    const { x, y } = places.get('mc1')!;
    expect(pasteShift(one, [], { x: 500, y: 300 })).toEqual({ x: 500 - x - 78, y: 300 - y - 40 });
    expect(pasteShift(one, [places.get('mc1')!], null).x).toBe(0);
  });

  it('never covers a card', () => {
    for (const pointer of [null, { x: 100, y: 60 }, { x: 400, y: 220 }]) {
      const by = pasteShift(clip, taken, pointer);
      const copies = clip.nodes.map(({ position }) => ({ x: position!.x + by.x, y: position!.y + by.y }));
      expect(copies.some((copy) => taken.some((other) => cardsOverlap(copy, other)))).toBe(false);
    }
  });
});

describe('groups in the clipboard', () => {
  const inner = withGroup(document, 'inner', ['mc1', 'pool1'], { parent: 'outer' });
  const grouped = withGroup(inner, 'outer', ['mc2'], { fields: { repeat: 2 } });
  const idsOf = (of: GraphDocument): string[] => of.nodes.map(({ id }) => id).sort();

  it('come with all that is in them, however deep', () => {
    expect(idsOf(copyNodes(grouped, new Set(['outer']), places))).toEqual([
      'inner',
      'mc1',
      'mc2',
      'outer',
      'pool1',
    ]);
  });

  it('are left behind by a layer that is copied without them', () => {
    const [layer] = copyNodes(grouped, new Set(['mc1']), places).nodes;
    expect(layer).toMatchObject({ id: 'mc1' });
    expect(layer).not.toHaveProperty('parent');
  });

  it('are whole again where they are pasted, in one step that can be undone', () => {
    const copied = copyNodes(grouped, new Set(['outer']), places);
    const shuffled = { ...copied, nodes: copied.nodes.toReversed() };
    const { edit, nodes } = paste(grouped, shuffled, { x: 0, y: 0 });
    const { document: after, inverse } = applyEdit(grouped, edit);
    const added = after.nodes.slice(grouped.nodes.length);
    const parentOf = (name: string) => {
      const parent = added.find((node) => node.name === name)!.parent;
      return added.find(({ id }) => id === parent)?.name;
    };
    expect(nodes).toEqual([added.find(({ name }) => name === 'Group outer 2')!.id]);
    expect(parentOf('Group inner 2')).toBe('Group outer 2');
    expect(parentOf('MCconv 5')).toBe('Group outer 2');
    expect(parentOf('MCconv 6')).toBe('Group inner 2');
    expect(added.find(({ id }) => id === nodes[0])!.fields).toEqual({ repeat: 2 });
    expect(applyEdit(after, inverse).document).toEqual(grouped);
  });

  it('of any design are copied and pasted without a connection or a parent that leads nowhere', () => {
    fc.assert(
      fc.property(anyGrouped, fc.func(fc.boolean()), (design, chosen) => {
        const ids = new Set(design.nodes.map(({ id }) => id).filter((id) => chosen(id)));
        const { edit } = paste(design, copyNodes(design, ids, new Map()), { x: 0, y: 0 });
        const after = applyEdit(design, edit).document;
        const known = new Set(after.nodes.map(({ id }) => id));
        expect(known.size).toBe(after.nodes.length);
        expect(after.nodes.every(({ parent }) => parent === undefined || known.has(parent))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
