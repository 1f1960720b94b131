import { groupFields } from '@shared/graph/groups';
import type { Problem } from '@shared/problem';
import type { Fix } from '../../stores/fixes';
import { removeAndReconnect } from '../edits/remove-and-reconnect';
import { freeName } from '../edits/new-node';
import { atGroup, cycle, danglingFix, emptyPort, fullPort, unknownPort } from './connection-fixes';
import { missingEnd, vectorForDense, vectorForOutput } from './end-fixes';
import { dividingPlanes, enoughMaps, largerKernel, multipleOfFour, noClassNames } from './field-fixes';
import { nodeOf, oneStep, type FixContext, type FixFinder } from './fix';
import { matchForAdd, matchForConcat } from './match-shapes';
import { poolBeforeDense } from './pool-before-dense';

const remove: FixFinder = ({ id }, { document }) => [
  { label: 'Remove it', edit: removeAndReconnect(document, [id]) },
];

const anotherName: FixFinder = ({ id, name }, { document }) => {
  const free = freeName(document, name);
  return [oneStep(`Rename it to ${free}`, [{ kind: 'rename', node: id, name: free }])];
};

const pooled: FixFinder = ({ id }, { document }) => {
  const edit = poolBeforeDense(document, id);
  return edit ? [{ label: 'Use global average pooling', edit }] : [];
};

/** A group that cannot be repeated is passed once. */
const repeatOnce: FixFinder = ({ id }) => [
  oneStep(`Set ${groupFields.repeat.label} to 1`, [
    { kind: 'set-field', node: id, field: 'repeat', value: undefined },
  ]),
];

/** A layer whose group is none stands on its own. */
const takeOut: FixFinder = ({ id }) => [
  oneStep('Take it out', [{ kind: 'set-parent', node: id, parent: null }]),
];

/** Finders by the code of the problem. */
const finders: Readonly<Record<string, FixFinder>> = {
  'add-shapes': matchForAdd,
  'block-narrows': enoughMaps,
  'bottleneck-channels': multipleOfFour,
  'channels-not-maps': dividingPlanes,
  'concat-sizes': matchForConcat,
  cycle,
  'dense-dominates': pooled,
  'dense-needs-vector': vectorForDense,
  'duplicate-name': anotherName,
  'edge-group': atGroup,
  'group-empty': remove,
  'group-holds-end': repeatOnce,
  'group-many-inputs': repeatOnce,
  'group-many-outputs': repeatOnce,
  'group-nesting': takeOut,
  'group-no-input': repeatOnce,
  'group-no-output': repeatOnce,
  'group-too-many': repeatOnce,
  'input-many': remove,
  'kernel-one': largerKernel,
  'output-class-names': noClassNames,
  'output-many': remove,
  'output-needs-vector': vectorForOutput,
  'pad-shrinks': enoughMaps,
  'parent-no-group': takeOut,
  'parent-unknown': takeOut,
  'port-empty': emptyPort,
  'port-full': fullPort,
  'port-unknown': unknownPort,
  'type-unknown': remove,
  unused: remove,
};

/** The obvious ways out of a problem, the best one first; none where a person has to decide. Each is one step of undo. */
export function fixesForProblem(problem: Problem, context: FixContext): Fix[] {
  const { node: id, field, code } = problem;
  if (code === 'edge-dangling') return danglingFix(context.document);
  if (code === 'input-missing') return missingEnd('input', context.document);
  if (code === 'output-missing') return missingEnd('output', context.document);
  const node = id === undefined ? undefined : nodeOf(context, id);
  if (!node) return [];
  if ((code === 'field-value' || code === 'field-unknown') && field !== undefined) {
    const words = code === 'field-value' ? 'Use the default' : 'Remove the field';
    return [oneStep(words, [{ kind: 'set-field', node: node.id, field, value: undefined }])];
  }
  return finders[code]?.(node, context) ?? [];
}
