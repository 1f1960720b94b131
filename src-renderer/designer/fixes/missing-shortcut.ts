import type { GraphNode } from '@shared/graph/document';
import { nodeKind } from '@shared/blocks/node-kinds';
import { sameShape } from '@shared/ops/shape';
import { freeEdgeId } from '../edits/new-node';
import { arriving, nodeOf, oneStep, type FixContext, type FixFinder } from './fix';

/** Layers that belong to the convolution behind them in a pre-activation block. */
const ACTIVATION: ReadonlySet<string> = new Set(['batchnorm', 'relu', 'dropout']);
/** Convolutions of a basic block (Fig. 4 a, c). */
const CONVOLUTIONS = 2;

/** Where a shortcut around the convolutions in front of `from` begins: behind two of them, or behind one where there are no more. */
function shortcutSource(context: FixContext, from: string): GraphNode | null {
  let passed = 0;
  let found: GraphNode | null = null;
  const seen = new Set<string>();
  for (let node = nodeOf(context, from); node && !seen.has(node.id);) {
    seen.add(node.id);
    if (passed > 0 && !ACTIVATION.has(node.type)) found = node;
    if (passed === CONVOLUTIONS && found === node) return found;
    if (nodeKind(node.type)?.category === 'convolution') passed += 1;
    const edges = arriving(context, node.id);
    if (edges.length !== 1) break;
    node = nodeOf(context, edges[0]!.from);
  }
  return found;
}

/** An Add that one branch arrives at gets the shortcut around the convolutions of that branch, where the shapes agree. */
export const missingShortcut: FixFinder = (node, context) => {
  const edges = arriving(context, node.id);
  const from = edges[0]?.from;
  const port = nodeKind(node.type)?.inputs[0]?.name;
  if (node.type !== 'add' || edges.length !== 1 || from === undefined || port === undefined) return [];
  const source = shortcutSource(context, from);
  const [wanted, given] = [context.shapes.get(from), source && context.shapes.get(source.id)];
  if (!source || !wanted || !given || !sameShape(wanted, given)) return [];
  const id = freeEdgeId(context.document, source.id, node.id);
  const edit = { kind: 'connect', edge: { id, from: source.id, to: node.id, port } } as const;
  return [oneStep(`Add the shortcut from ${source.name}`, [edit])];
};
