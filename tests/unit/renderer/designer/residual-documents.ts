import { dissolveBlock } from '@renderer/designer/edits/dissolve-block';
import { insertIntoEdge } from '@renderer/designer/edits/insert-into-edge';
import {
  planResidual,
  targetOf,
  type ResidualPlan,
  type ResidualTarget,
} from '@renderer/designer/residual/plan-residual';
import { chain, type ChainLink } from '@shared/graph/chain';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import { applyEdit } from '@shared/graph/edit';
import { lower } from '@shared/network/lower';
import { readResidualFamily, type ResidualFamily } from '@shared/network/residual/residual-family';
import type { Result } from '@shared/problem';
import { partsIn } from './grouped-documents';

/** A node of a document. */
export function nodeOf(document: GraphDocument, id: string): GraphNode {
  const node = document.nodes.find((one) => one.id === id);
  if (!node) throw new Error(`There is no ${id}`);
  return node;
}

/** What a document is as a residual network. */
export function familyOf(document: GraphDocument): ResidualFamily {
  const reading = readResidualFamily(document, lower(document, 'mcn'));
  if (!reading || !('family' in reading)) throw new Error('This is no residual network');
  return reading.family;
}

/** Blocks one after another, in a network for small colour images. */
export function blockChain(...blocks: readonly ChainLink[]): GraphDocument {
  return chain([
    ['input', 'input', 'Input', { color: 'rgb' }],
    ['mc1', 'mcconv', 'MCconv 1', { maps: 16 }],
    ...blocks,
    ['gap', 'globalavgpool', 'Global pool'],
    ['fc', 'dense', 'Dense'],
    ['output', 'output', 'Output'],
  ]);
}

/** Two stages of single blocks: b1 to b3 of 16 maps, c1 to c3 of 32. */
export const singles = blockChain(
  ['b1', 'mcn-basic', 'Block 1', { maps: 16 }],
  ['b2', 'mcn-basic', 'Block 2', { maps: 16 }],
  ['b3', 'mcn-basic', 'Block 3', { maps: 16 }],
  ['c1', 'mcn-basic', 'Block 4', { maps: 32, stride: 2 }],
  ['c2', 'mcn-basic', 'Block 5', { maps: 32 }],
  ['c3', 'mcn-basic', 'Block 6', { maps: 32 }],
);

/** The document with blocks made groups of what they are made of, one after another. */
export function dissolved(document: GraphDocument, ...ids: readonly string[]): GraphDocument {
  return ids.reduce((current, id) => {
    const node = nodeOf(current, id);
    return applyEdit(current, dissolveBlock(current, node, partsIn(current, node)!)).document;
  }, document);
}

/** The document with a node of a type in the connection between two others. */
export function inserted(document: GraphDocument, type: string, from: string, to: string): GraphDocument {
  const edge = document.edges.find((one) => one.from === from && one.to === to)!;
  return applyEdit(document, insertIntoEdge(document, type, edge.id, { x: 0, y: 0 }).edit).document;
}

/** The plan of a change, and a document that it may not touch. */
export function planned(document: GraphDocument, changes: Partial<ResidualTarget>): Result<ResidualPlan> {
  const family = familyOf(document);
  return planResidual(document, family, { ...targetOf(family), ...changes }, 'Change');
}

/** The plan of a change that can be done. */
export function plan(document: GraphDocument, changes: Partial<ResidualTarget>): ResidualPlan {
  const result = planned(document, changes);
  if (!result.ok) throw new Error(result.problems[0]!.message);
  return result.value;
}

/** Types of the layers of a chain in the order in which they follow one another, as far as one leads on. */
export function followed(document: GraphDocument): string[] {
  const names: string[] = [];
  let at: string | undefined = 'input';
  while (at !== undefined) {
    names.push(at);
    const next: string[] = document.edges.filter(({ from }) => from === at).map(({ to }) => to);
    at = next.length === 1 ? next[0] : undefined;
  }
  return names;
}
