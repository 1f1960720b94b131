import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphEdge } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';
import { GROUP_TYPE, layersOf } from '@shared/graph/groups';
import type { Fix } from '../../stores/fixes';
import { reachable } from '../cards/reachable';
import { portsOfType } from '../connect/port';
import { removeAndReconnect } from '../edits/remove-and-reconnect';
import { freeEdgeId, newNode } from '../edits/new-node';
import { arriving, edgesBy, nodeOf, oneStep, type FixFinder } from './fix';
import { missingShortcut } from './missing-shortcut';

/** A layer that reads nothing reads the one layer that nothing reads, unless that closed a loop; of several a person has to choose. */
const looseOutput: FixFinder = (node, context) => {
  const { document } = context;
  const port = nodeKind(node.type)?.inputs[0]?.name;
  if (port === undefined || arriving(context, node.id).length > 0) return [];
  const read = new Set(document.edges.map(({ from }) => from));
  const behind = reachable(document, [node.id], 'downstream');
  const [loose, ...others] = layersOf(document).filter(
    ({ id, type }) => portsOfType(type).includes(null) && !read.has(id) && !behind.has(id),
  );
  if (!loose || others.length > 0) return [];
  const edge = { id: freeEdgeId(document, loose.id, node.id), from: loose.id, to: node.id, port };
  return [oneStep(`Connect ${loose.name} to it`, [{ kind: 'connect', edge }])];
};

/** A layer without any connection is taken out; others are connected where only one way makes sense. */
export const emptyPort: FixFinder = (node, context) => {
  const { document } = context;
  const stray = !document.edges.some(({ from, to }) => from === node.id || to === node.id);
  if (stray) return [{ label: 'Remove it', edit: removeAndReconnect(document, [node.id]) }];
  return [...looseOutput(node, context), ...missingShortcut(node, context)];
};

/** Connections into a port that takes one meet in an Add first; or all but the last one go. */
export const fullPort: FixFinder = (node, context) => {
  const { document } = context;
  const byPort = edgesBy(arriving(context, node.id), (edge) => edge.port);
  const crowded = [...byPort].find(([, edges]) => edges.length > 1);
  if (!crowded) return [];
  const [port, edges] = crowded;
  const add = newNode(document, 'add');
  const index = document.nodes.findIndex(({ id }) => id === node.id);
  const edits: Edit[] = [{ kind: 'add-node', node: add, index }];
  let current = applyEdit(document, edits[0]!).document;
  for (const edge of edges) {
    const place = current.edges.indexOf(edge);
    const moved = { ...edge, id: freeEdgeId(current, edge.from, add.id), to: add.id, port: 'in' };
    const step: Edit[] = [
      { kind: 'disconnect', edge: edge.id },
      { kind: 'connect', edge: moved, index: place },
    ];
    for (const edit of step) current = applyEdit(current, edit).document;
    edits.push(...step);
  }
  edits.push({
    kind: 'connect',
    edge: { id: freeEdgeId(current, add.id, node.id), from: add.id, to: node.id, port },
  });
  const kept = edges.at(-1)!;
  const others = edges.slice(0, -1).map(({ id }): Edit => ({ kind: 'disconnect', edge: id }));
  return [
    oneStep('Merge them with Add', edits),
    oneStep(`Keep only ${nodeOf(context, kept.from)!.name}`, others),
  ];
};

/** A connection into a port that does not exist takes a free one, or goes. */
export const unknownPort: FixFinder = (node, context) => {
  const inputs = nodeKind(node.type)?.inputs ?? [];
  const edges = arriving(context, node.id);
  const lost = edges.find((edge) => !inputs.some((port) => port.name === edge.port));
  if (!lost) return [];
  const free = inputs.find((port) => port.many || !edges.some((edge) => edge.port === port.name));
  const remove: Edit = { kind: 'disconnect', edge: lost.id };
  if (!free) return [oneStep('Remove the connection', [remove])];
  const index = context.document.edges.indexOf(lost);
  const moved: Edit = { kind: 'connect', edge: { ...lost, port: free.name }, index };
  return [oneStep(`Use "${free.name}"`, [remove, moved])];
};

/** A connection that closes a loop, found from the first nodes on; null without a loop. */
function closingEdge(document: GraphDocument): GraphEdge | null {
  const outgoing = edgesBy(document.edges, (edge) => edge.from);
  const state = new Map<string, 'open' | 'done'>();
  for (const { id: start } of document.nodes) {
    if (state.has(start)) continue;
    const path = [{ id: start, next: 0 }];
    state.set(start, 'open');
    while (path.length > 0) {
      const top = path.at(-1)!;
      const edge = outgoing.get(top.id)?.[top.next];
      top.next += 1;
      if (!edge) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(edge.to) === 'open') return edge;
      else if (!state.has(edge.to)) {
        state.set(edge.to, 'open');
        path.push({ id: edge.to, next: 0 });
      }
    }
  }
  return null;
}

/** A loop is opened where it leads back. */
export const cycle: FixFinder = (_, context) => {
  const edge = closingEdge(context.document);
  if (!edge) return [];
  const [from, to] = [nodeOf(context, edge.from)?.name, nodeOf(context, edge.to)?.name];
  return [oneStep(`Remove the connection ${from} → ${to}`, [{ kind: 'disconnect', edge: edge.id }])];
};

/** Connections that end at a group go: which of its layers they mean is for the person to say. */
export const atGroup: FixFinder = (node, context) => {
  const edge = arriving(context, node.id).find(({ from, to }) =>
    [from, to].some((id) => nodeOf(context, id)?.type === GROUP_TYPE),
  );
  return edge ? [oneStep('Remove the connection', [{ kind: 'disconnect', edge: edge.id }])] : [];
};

/** Connections whose ends do not exist go. */
export function danglingFix(document: GraphDocument): Fix[] {
  const ids = new Set(document.nodes.map(({ id }) => id));
  const dangling = document.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to));
  if (dangling.length === 0) return [];
  const edits = dangling.map(({ id }): Edit => ({ kind: 'disconnect', edge: id }));
  return [oneStep(dangling.length === 1 ? 'Remove it' : `Remove all ${dangling.length} of them`, edits)];
}
