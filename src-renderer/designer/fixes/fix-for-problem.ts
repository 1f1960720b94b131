import type { GraphDocument } from '@shared/graph/document';
import type { Edit } from '@shared/graph/edit';
import { groupFields } from '@shared/graph/groups';
import type { Problem } from '@shared/problem';
import { removeAndReconnect } from '../edits/remove-and-reconnect';
import { freeName } from '../edits/new-node';
import { insertBefore } from './insert-before';
import { poolBeforeDense } from './pool-before-dense';

/** A way out of a problem that the studio can take by itself: the words on the button and the step. */
export interface Fix {
  label: string;
  edit: Edit;
}

type Finder = (document: GraphDocument, node: string) => Fix | null;

function fix(label: string, edit: Edit | null): Fix | null {
  return edit && { label, edit };
}

function repeatOnce(_document: GraphDocument, node: string): Fix | null {
  const label = `Set ${groupFields.repeat.label} to 1`;
  return fix(label, { kind: 'set-field', node, field: 'repeat', value: undefined });
}

function takeOut(_document: GraphDocument, node: string): Fix | null {
  return fix('Take it out', { kind: 'set-parent', node, parent: null });
}

const finders: Readonly<Record<string, Finder>> = {
  'dense-dominates': (document, node) => fix('Use global average pooling', poolBeforeDense(document, node)),
  'dense-needs-vector': (document, node) =>
    fix('Put a global average pool in front', insertBefore(document, 'globalavgpool', node)),
  // Connecting it is what the person meant to do; taking it out again is the one step that needs no aim.
  'port-empty': (document, node) => {
    const stray = !document.edges.some(({ from, to }) => from === node || to === node);
    return stray ? fix('Remove it', removeAndReconnect(document, [node])) : null;
  },
  ...Object.fromEntries(
    ['group-many-inputs', 'group-many-outputs', 'group-no-input', 'group-no-output', 'group-holds-end'].map(
      (code) => [code, repeatOnce],
    ),
  ),
  'group-empty': (document, node) => fix('Remove it', removeAndReconnect(document, [node])),
  ...Object.fromEntries(
    ['parent-unknown', 'parent-no-group', 'group-nesting'].map((code) => [code, takeOut]),
  ),
  unused: (document, node) => fix('Remove it', removeAndReconnect(document, [node])),
  'input-many': (document, node) => fix('Remove it', removeAndReconnect(document, [node])),
  'output-many': (document, node) => fix('Remove it', removeAndReconnect(document, [node])),
  'duplicate-name': (document, node) => {
    const name = document.nodes.find((other) => other.id === node)!.name;
    const free = freeName(document, name);
    return fix(`Rename it to ${free}`, { kind: 'rename', node, name: free });
  },
};

/** The obvious way out of a problem, or null when a person has to decide. */
export function fixForProblem(document: GraphDocument, problem: Problem): Fix | null {
  const { node, field, code } = problem;
  if (node === undefined || !document.nodes.some((other) => other.id === node)) return null;
  if ((code === 'field-value' || code === 'field-unknown') && field !== undefined) {
    const edit: Edit = { kind: 'set-field', node, field, value: undefined };
    return fix(code === 'field-value' ? 'Use the default' : 'Remove the field', edit);
  }
  return finders[code]?.(document, node) ?? null;
}
