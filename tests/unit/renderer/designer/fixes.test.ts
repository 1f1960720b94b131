import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { hints } from '@shared/network/hints';
import { lower } from '@shared/network/lower';
import { profile } from '@shared/network/profile';
import type { Problem } from '@shared/problem';
import { removeAndReconnect } from '@renderer/designer/edits/remove-and-reconnect';
import { fixForProblem } from '@renderer/designer/fixes/fix-for-problem';
import { poolBeforeDense } from '@renderer/designer/fixes/pool-before-dense';
import { presetDocument } from './sample-documents';

function adviceOn(document: GraphDocument): Problem[] {
  const { network, problems } = lower(document, 'mcn');
  return network ? [...problems, ...hints(network, profile(network))] : problems;
}

function withFields(document: GraphDocument, id: string, fields: Record<string, number>): GraphDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? { ...node, fields } : node)) };
}

/** Takes the fix of a problem and returns what problems are left. */
function solve(document: GraphDocument, code: string): { after: GraphDocument; left: string[] } {
  const problem = adviceOn(document).find((found) => found.code === code);
  const fix = problem && fixForProblem(document, problem);
  expect(fix).toBeTruthy();
  const { document: after, inverse } = applyEdit(document, fix!.edit);
  expect(applyEdit(after, inverse).document).toEqual(document);
  return { after, left: adviceOn(after).map((found) => found.code) };
}

describe('use global average pooling', () => {
  it('makes of mcn-mnist-small the network of mcn-mnist-tiny, in one step that can be undone', () => {
    const { after, left } = solve(presetDocument('mcn-mnist-small'), 'dense-dominates');
    expect(left).toEqual([]);
    const costs = profile(lower(after, 'mcn').network!).total;
    expect(costs).toEqual(profile(lower(presetDocument('mcn-mnist-tiny'), 'mcn').network!).total);
  });

  it('shrinks the file of mcn-mnist by more than fifty times', () => {
    const document = presetDocument('mcn-mnist');
    const { after } = solve(document, 'dense-dominates');
    const bytes = (of: GraphDocument): number => profile(lower(of, 'mcn').network!).total.storedBytes;
    expect(bytes(document) / bytes(after)).toBeGreaterThan(50);
  });

  it('keeps the dense layer when it gives the classes', () => {
    const document = presetDocument('mcn-mnist');
    const short = applyEdit(document, removeAndReconnect(document, ['fc1', 'relu', 'dropout'])).document;
    const after = applyEdit(short, poolBeforeDense(short, 'fc2')!).document;
    expect(after.nodes.some(({ id }) => id === 'fc2')).toBe(true);
    expect(after.nodes.some(({ type }) => type === 'flatten')).toBe(false);
    expect(lower(after, 'mcn').network).not.toBeNull();
  });

  it('is not offered where no Flatten stands in front', () => {
    expect(poolBeforeDense(presetDocument('mcn-20'), 'fc')).toBeNull();
    expect(poolBeforeDense(presetDocument('mcn-mnist'), 'mc1')).toBeNull();
    expect(poolBeforeDense(presetDocument('mcn-mnist'), 'nowhere')).toBeNull();
  });
});

describe('other fixes', () => {
  it('a value out of its limits goes back to the default', () => {
    const { left } = solve(withFields(presetDocument('mcn-mnist-tiny'), 'mc1', { maps: 0 }), 'field-value');
    expect(left).toEqual([]);
  });

  it('an unknown field is removed', () => {
    const { left } = solve(withFields(presetDocument('mcn-mnist-tiny'), 'mc1', { mapz: 3 }), 'field-unknown');
    expect(left).toEqual([]);
  });

  it('a pool is put in front of a dense layer that gets a picture', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const broken = applyEdit(document, {
      kind: 'batch',
      label: 'Break',
      edits: [
        { kind: 'disconnect', edge: 'pool4-gap' },
        { kind: 'disconnect', edge: 'gap-fc' },
        { kind: 'remove-node', node: 'gap' },
        { kind: 'connect', edge: { id: 'direct', from: 'pool4', to: 'fc', port: 'in' } },
      ],
    }).document;
    expect(solve(broken, 'dense-needs-vector').left).toEqual([]);
  });

  it('a double name gets a number', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const { document: doubled } = applyEdit(document, { kind: 'rename', node: 'mc2', name: 'MCconv 1' });
    const { after, left } = solve(doubled, 'duplicate-name');
    expect(left).toEqual([]);
    expect(after.nodes.find(({ id }) => id === 'mc2')?.name).toBe('MCconv 1 2');
  });

  it('a second input and a layer that leads nowhere can be removed', () => {
    const second = { id: 'again', type: 'input', name: 'Input 2', fields: {} };
    const { document } = applyEdit(presetDocument('mcn-mnist-tiny'), { kind: 'add-node', node: second });
    expect(solve(document, 'input-many').left).toEqual([]);
  });

  it('a layer without any connection can be removed, one inside the design not', () => {
    const document = presetDocument('mcn-mnist-tiny');
    const stray = { id: 'stray', type: 'relu', name: 'Stray', fields: {} };
    const added = applyEdit(document, { kind: 'add-node', node: stray }).document;
    expect(solve(added, 'port-empty').after).toEqual(document);
    const open = applyEdit(document, { kind: 'disconnect', edge: 'mc1-pool1' }).document;
    const problem = adviceOn(open).find(({ code }) => code === 'port-empty')!;
    expect(fixForProblem(open, problem)).toBeNull();
  });

  it('what a person has to decide has no fix', () => {
    const document = presetDocument('mcn-mnist-tiny');
    expect(fixForProblem(document, { code: 'input-missing', message: '' })).toBeNull();
    expect(fixForProblem(document, { code: 'kernel-one', message: '', node: 'mc1' })).toBeNull();
    expect(fixForProblem(document, { code: 'unused', message: '', node: 'gone' })).toBeNull();
  });
});
