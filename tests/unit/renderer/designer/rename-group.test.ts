import { expect, it } from 'vitest';
import { applyEdit } from '@shared/graph/edit';
import { nameInGroups, renameGroup } from '@renderer/designer/edits/rename-group';
import { withGroup } from './grouped-documents';
import { presetDocument } from './sample-documents';

const framed = withGroup(presetDocument('mcn-mnist'), 'g', ['mc1', 'mc2'], { name: 'Trunk' });
const nodes = framed.nodes.map((node) => (node.id === 'mc1' ? { ...node, name: 'Trunk / MCconv 1' } : node));
const document = { ...framed, nodes };
const group = nodes[0]!;

it('names are shown without that of a group around', () => {
  const inner = { ...group, id: 'inner', name: 'Group' };
  expect(nameInGroups('Trunk / Add', [inner, group])).toBe('Add');
  expect(nameInGroups('Trunks / Add', [inner, group])).toBe('Trunks / Add');
  expect(nameInGroups('Trunk / ', [group])).toBe('Trunk / ');
  expect(nameInGroups('Trunk / Add', [])).toBe('Trunk / Add');
});

it('names that begin with that of a group follow it, and others stay', () => {
  const { document: after, inverse } = applyEdit(document, renameGroup(document, group, 'Stem'));
  const nameOf = (id: string) => after.nodes.find((node) => node.id === id)!.name;
  expect(['g', 'mc1', 'mc2'].map(nameOf)).toEqual(['Stem', 'Stem / MCconv 1', 'MCconv 2']);
  expect(applyEdit(after, inverse).document).toEqual(document);
});
