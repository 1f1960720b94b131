import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { removeNodes } from '@shared/graph/remove-nodes';
import { findPreset } from '@shared/network/presets';

const start = findPreset('mcn-mnist')!.document;

/** An edit that fits the document, chosen by three numbers; `serial` makes new ids unique. */
function someEdit(
  document: GraphDocument,
  serial: number,
  [kind, pick, value]: [number, number, number],
): Edit {
  const node = document.nodes[pick % document.nodes.length]!;
  const other = document.nodes[value % document.nodes.length]!;
  const edge = document.edges[pick % Math.max(1, document.edges.length)];
  const choices: Edit[] = [
    { kind: 'set-field', node: node.id, field: 'maps', value },
    { kind: 'set-field', node: node.id, field: 'units', value: undefined },
    { kind: 'rename', node: node.id, name: `name ${value}` },
    { kind: 'move', node: node.id, position: value % 3 === 0 ? null : { x: value, y: -value } },
    { kind: 'add-node', node: { id: `new-${serial}`, type: 'relu', name: 'new', fields: {} } },
    { kind: 'connect', edge: { id: `e-${serial}`, from: node.id, to: other.id, port: 'in' } },
    ...(edge ? [{ kind: 'disconnect', edge: edge.id } as const] : []),
    ...(document.nodes.length > 1 ? [removeNodes(document, [node.id])] : []),
  ];
  return choices[kind % choices.length]!;
}

describe('applyEdit', () => {
  it('is undone by its inverse, and redone by the inverse of that, for any sequence of edits', () => {
    const three = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(5000));
    fc.assert(
      fc.property(fc.array(three, { maxLength: 25 }), (steps) => {
        const documents = [start];
        const inverses: Edit[] = [];
        for (const [serial, numbers] of steps.entries()) {
          const current = documents.at(-1)!;
          const edited = applyEdit(current, someEdit(current, serial, numbers));
          documents.push(edited.document);
          inverses.push(edited.inverse);
        }
        let current = documents.at(-1)!;
        for (let index = inverses.length - 1; index >= 0; index--) {
          const undone = applyEdit(current, inverses[index]!);
          expect(undone.document).toEqual(documents[index]);
          expect(applyEdit(undone.document, undone.inverse).document).toEqual(current);
          current = undone.document;
        }
      }),
    );
  });

  it('never changes the document it is given', () => {
    const before = structuredClone(start);
    applyEdit(start, removeNodes(start, ['mc1', 'mc2']));
    expect(start).toEqual(before);
  });

  it.each<[string, Edit]>([
    ['edit-missing', { kind: 'rename', node: 'nobody', name: 'x' }],
    ['edit-missing', { kind: 'disconnect', edge: 'nothing' }],
    ['edit-duplicate', { kind: 'add-node', node: start.nodes[0]! }],
    ['edit-connected', { kind: 'remove-node', node: 'mc1' }],
  ])('refuses what does not fit: %s', (code, edit) => {
    expect(() => applyEdit(start, edit)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code }) }),
    );
  });
});
