import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { lower } from '@shared/network/lower';
import { presets } from '@shared/network/presets';
import { replaceNodes, replacementTypes } from '@renderer/designer/edits/replace-nodes';
import { anyDocument, presetDocument } from './sample-documents';

/** The document after a replacement, whose inverse takes it back, and the nodes that stand there now. */
function replaced(document: GraphDocument, ids: readonly string[], type: string) {
  const { edit, nodes } = replaceNodes(document, ids, type);
  const { document: after, inverse } = applyEdit(document, edit);
  expect(applyEdit(after, inverse).document).toEqual(document);
  return { after, nodes };
}

/** Where connections lead, by the places of the nodes in the document. */
function wiring(document: GraphDocument): [number, number][] {
  const place = (id: string): number => document.nodes.findIndex((node) => node.id === id);
  return document.edges.map(({ from, to }) => [place(from), place(to)]);
}

describe('replacing layers', () => {
  it('keeps place, connections, width and the fields that both types have', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const { after, nodes } = replaced(document, ['mc3'], 'conv');
    expect(wiring(after)).toEqual(wiring(document));
    const conv = after.nodes.find(({ id }) => id === nodes[0])!;
    expect(conv).toMatchObject({ type: 'conv', name: 'Conv' });
    // 40 maps of 4 channels; the kernel is the one by default.
    expect(conv.fields).toEqual({ channels: 160 });
    const { network, problems } = lower(after, 'mcn');
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(network!.nodes.find((node) => node.id === conv.id)!.shape).toEqual([8, 8, 160]);
    const back = replaced(after, [conv.id], 'mcconv');
    expect(back.after.nodes.find(({ id }) => id === back.nodes[0])!.fields).toEqual({ maps: 40 });
  });

  it('renames what was only called by its type', () => {
    const start = presetDocument('mcn-mnist-tiny');
    const named = (name: string): GraphDocument => ({
      ...start,
      nodes: start.nodes.map((node) => (node.id === 'pool1' ? { ...node, type: 'maxpool', name } : node)),
    });
    const nameAfter = (name: string): string | undefined => {
      const { after, nodes } = replaced(named(name), ['pool1'], 'avgpool');
      return after.nodes.find(({ id }) => id === nodes[0])?.name;
    };
    expect(nameAfter('MaxPool')).toBe('AvgPool');
    expect(nameAfter('MaxPool 7')).toBe('AvgPool');
    expect(nameAfter('MaxPool of mine')).toBe('MaxPool of mine');
  });

  it('offers only types that can keep the connections', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const types = replacementTypes(document, ['mc2']);
    expect(types).toContain('conv');
    expect(types).toContain('add');
    expect(types).not.toContain('mcconv');
    expect(types).not.toContain('input');
    expect(types).not.toContain('output');
    expect(replacementTypes(document, ['input'])).toContain('conv');
  });

  it('offers none for a group', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const group = { id: 'g', type: 'group', name: 'Group', fields: {} };
    expect(replacementTypes({ ...document, nodes: [...document.nodes, group] }, ['g']).size).toBe(0);
  });

  it('every layer of every preset can become every type offered for it, and come back', () => {
    for (const { document } of presets) {
      for (const { id } of document.nodes) {
        for (const type of replacementTypes(document, [id])) {
          const { after } = replaced(document, [id], type);
          expect(wiring(after)).toEqual(wiring(document));
        }
      }
    }
  });

  it('many at once, in any graph: order and wiring stay, and one step takes it back', () => {
    fc.assert(
      fc.property(anyDocument, fc.array(fc.nat({ max: 23 }), { maxLength: 8 }), (document, picks) => {
        const ids = [...new Set(picks)].flatMap((pick) => document.nodes[pick]?.id ?? []);
        const types = [...replacementTypes(document, ids)];
        for (const type of types.slice(0, 4)) {
          const { after, nodes } = replaced(document, ids, type);
          expect(wiring(after)).toEqual(wiring(document));
          expect(after.nodes.filter((node) => nodes.includes(node.id))).toHaveLength(ids.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});
