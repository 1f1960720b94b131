import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeKinds } from '@shared/blocks/node-kinds';
import { chain } from '@shared/graph/chain';
import type { GraphDocument, Position } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { lower } from '@shared/network/lower';
import { presets } from '@shared/network/presets';
import { changedNodes } from '@renderer/designer/edits/changed-nodes';
import { insertNode } from '@renderer/designer/edits/insert-node';
import { newNode } from '@renderer/designer/edits/new-node';
import { moveNodes } from '@renderer/designer/edits/move-nodes';
import { removeAndReconnect } from '@renderer/designer/edits/remove-and-reconnect';
import { setFields } from '@renderer/designer/edits/set-fields';
import { tidy } from '@renderer/designer/edits/tidy';
import { autoLayout } from '@renderer/designer/layout/auto-layout';
import { anyDocument, presetDocument } from './sample-documents';

const FREE = { width: 860, height: 560 };

/** Applies an edit and checks that its inverse takes it back. */
function applied(document: GraphDocument, edit: Edit): GraphDocument {
  const { document: after, inverse } = applyEdit(document, edit);
  expect(applyEdit(after, inverse).document).toEqual(document);
  return after;
}

function sourcesOf(document: GraphDocument, id: string): string[] {
  return document.edges.filter((edge) => edge.to === id).map((edge) => edge.from);
}

describe('inserting', () => {
  it('puts a layer into the chain behind the selected one, in one step', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const { edit, node } = insertNode(document, 'relu', 'mc2', new Map());
    const after = applied(document, edit);
    expect(sourcesOf(after, node)).toEqual(['mc2']);
    expect(sourcesOf(after, 'pool2')).toEqual([node]);
    expect(after.edges).toHaveLength(document.edges.length + 1);
    expect(lower(after, 'mcn').problems).toEqual([]);
  });

  it('gives free names and ids however often it is done', () => {
    let document = presetDocument('mcn-mnist-tiny');
    for (let count = 0; count < 5; count += 1) {
      document = applied(document, insertNode(document, 'relu', 'mc1', new Map()).edit);
    }
    expect(new Set(document.nodes.map(({ id }) => id)).size).toBe(document.nodes.length);
    expect(new Set(document.nodes.map(({ name }) => name)).size).toBe(document.nodes.length);
    expect(lower(document, 'mcn').network).not.toBeNull();
  });

  it('goes on counting where somebody has numbered, and numbers nothing before', () => {
    const named = (names: readonly string[]): string => {
      const document = chain(names.map((name, index) => [`n${index}`, 'relu', name]));
      return newNode(document, 'relu').name;
    };
    expect(named([])).toBe('ReLU');
    expect(named(['ReLU'])).toBe('ReLU 2');
    expect(named(['ReLU 1'])).toBe('ReLU 2');
    expect(named(['ReLU 1', 'ReLU 2', 'ReLU 4'])).toBe('ReLU 3');
    expect(named(['First ReLU 1'])).toBe('ReLU');
  });

  it.each(['input', 'output', 'add', 'concat'])('leaves %s unconnected, beside the selection', (type) => {
    const document = presetDocument('mcn-mnist-tiny');
    const { edit, node } = insertNode(document, type, 'mc2', autoLayout(document, FREE));
    const after = applied(document, edit);
    expect(after.edges).toEqual(document.edges);
    expect(after.nodes.find(({ id }) => id === node)?.position).toBeDefined();
  });

  it('keeps the order in which a merge reads its inputs', () => {
    let document = presetDocument('mcn-mnist-tiny');
    document = applied(document, {
      kind: 'add-node',
      node: { id: 'sum', type: 'add', name: 'Add', fields: {} },
    });
    for (const [id, from] of [
      ['a', 'pool1'],
      ['b', 'mc2'],
      ['c', 'pool3'],
    ] as const) {
      document = applied(document, { kind: 'connect', edge: { id, from, to: 'sum', port: 'in' } });
    }
    document = { ...document, edges: document.edges.filter(({ id }) => id !== 'mc2-pool2') };
    const { edit, node } = insertNode(document, 'relu', 'mc2', new Map());
    expect(sourcesOf(applied(document, edit), 'sum')).toEqual(['pool1', node, 'pool3']);
  });

  it('every type can be added anywhere in every preset, and undone', () => {
    for (const { document } of presets) {
      for (const { type } of nodeKinds) {
        for (const after of [null, ...document.nodes.map(({ id }) => id)]) {
          const places: ReadonlyMap<string, Position> = new Map();
          const next = applied(document, insertNode(document, type, after, places).edit);
          expect(next.nodes).toHaveLength(document.nodes.length + 1);
        }
      }
    }
  });
});

describe('removing', () => {
  it('closes the gap in a chain, over several removed layers in a row', () => {
    const document = presetDocument('mcn-mnist');
    const after = applied(document, removeAndReconnect(document, ['relu', 'dropout']));
    expect(sourcesOf(after, 'fc2')).toEqual(['fc1']);
    expect(lower(after, 'mcn').problems).toEqual([]);
  });

  it('leaves the gap open at the start, and says so', () => {
    const document = presetDocument('mcn-mnist');
    const after = applied(document, removeAndReconnect(document, ['input']));
    expect(sourcesOf(after, 'mc1')).toEqual([]);
    expect(lower(after, 'mcn').problems.map(({ code }) => code)).toContain('input-missing');
  });

  it('never leaves a dangling connection, and undoes exactly, in any graph', () => {
    fc.assert(
      fc.property(anyDocument, fc.array(fc.nat({ max: 23 }), { maxLength: 6 }), (document, picks) => {
        const ids = [...new Set(picks.map((pick) => document.nodes[pick % document.nodes.length]!.id))];
        const after = applied(document, removeAndReconnect(document, ids));
        const left = new Set(after.nodes.map(({ id }) => id));
        expect(ids.some((id) => left.has(id))).toBe(false);
        expect(after.edges.every(({ from, to }) => left.has(from) && left.has(to))).toBe(true);
      }),
    );
  });
});

describe('moving and setting', () => {
  it('puts cards on the grid of 4 pixels; Tidy gives them back in one step', () => {
    const document = presetDocument('mcn-20');
    const places = new Map([
      ['mc1', { x: 101.3, y: -7 }],
      ['bn', { x: 3, y: 6 }],
    ]);
    const moved = applied(document, moveNodes(document, places)!);
    expect(moved.nodes.find(({ id }) => id === 'mc1')?.position).toEqual({ x: 100, y: -8 });
    expect(moved.nodes.find(({ id }) => id === 'bn')?.position).toEqual({ x: 4, y: 8 });
    expect(applied(moved, tidy(moved)!)).toEqual(document);
  });

  it('there is no step when nothing was moved', () => {
    expect(moveNodes(presetDocument('mcn-mnist'), new Map())).toBeNull();
    expect(tidy(presetDocument('mcn-20'))).toBeNull();
  });

  it('sets a field of several nodes as one step', () => {
    const document = presetDocument('mcn-mnist');
    const after = applied(document, setFields(document, ['mc1', 'mc2'], 'centers', 'Centers', 4));
    expect(after.nodes.filter(({ fields }) => fields.centers === 4).map(({ id }) => id)).toEqual([
      'mc1',
      'mc2',
    ]);
  });
});

describe('tidying', () => {
  it('gives moved cards back to the layout, turns the design if asked, and is undone as one step', () => {
    const start = presetDocument('mcn-mnist');
    expect(tidy(start)).toBeNull();
    expect(tidy(start, 'right')).toBeNull();
    const moved = applyEdit(start, { kind: 'move', node: 'mc1', position: { x: 4, y: 8 } }).document;
    const { document, inverse } = applyEdit(moved, tidy(moved, 'down')!);
    expect(document).toEqual({ ...start, flow: 'down' });
    expect(tidy(document)).toBeNull();
    expect(applyEdit(document, inverse).document).toEqual(moved);
    expect(applyEdit(document, tidy(document, 'right')!).document).toEqual(start);
  });
});

describe('what has changed', () => {
  const document = presetDocument('mcn-mnist');

  it('nodes that came or are otherwise', () => {
    const renamed = applied(document, { kind: 'rename', node: 'mc2', name: 'Stem' });
    expect(changedNodes(document, renamed)).toEqual(['mc2']);
    expect(changedNodes(renamed, document)).toEqual(['mc2']);
    const without = applied(document, removeAndReconnect(document, ['mc2']));
    expect(changedNodes(without, document)).toEqual(['mc2']);
  });

  it('the ends of connections where no node that is still there is otherwise', () => {
    const open = applied(document, { kind: 'disconnect', edge: 'fc2-output' });
    expect(changedNodes(open, document)).toEqual(['fc2', 'output']);
    expect(changedNodes(document, document)).toEqual([]);
  });
});
