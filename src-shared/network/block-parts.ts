import { BLOCK_INPUT, type BlockPart } from '../blocks/definition';
import { blockDefinition, isBlockType } from '../blocks/index';
import type { GraphDocument, GraphNode } from '../graph/document';
import type { Family } from '../graph/family';
import type { Shape } from '../ops/shape';
import { failed, ok, type Problem, type Result } from '../problem';
import { inheritedPlanes, type Lowered } from './lower';
import { completeValues, lowerNode } from './lower-node';

function refused(code: string, message: string, fix: string, node: GraphNode): Result<never> {
  return failed({ code, message, fix, node: node.id });
}

/** A block that is opened up: a node of the document, or a part of another block. */
type BlockSpec = Pick<GraphNode, 'type' | 'fields'>;

/** How a block is opened up: K of Input, and the family. */
interface Expansion {
  planes: number;
  family: Family;
}

/** The parts of a block for one input shape; a problem when its fields or the shape allow none. */
function expand(block: BlockSpec, input: Shape, { planes, family }: Expansion): BlockPart[] | Problem {
  if (!isBlockType(block.type)) throw new Error(`${block.type} is no block`);
  const definition = blockDefinition(block.type);
  const { values, problems } = completeValues(definition.fields, block, planes);
  return problems[0] ?? definition.expand(values, { input, family });
}

/** The shape that arrives at a part of a block that reads `input`; null when a part before it allows none. */
function inputOfPart(
  parts: readonly BlockPart[],
  part: BlockPart,
  input: Shape,
  context: Expansion,
): Shape | null {
  const shapes = new Map<string, Shape>([[BLOCK_INPUT, input]]);
  for (const before of parts) {
    if (before === part) break;
    const sources = before.inputs.flatMap((id) => {
      const shape = shapes.get(id);
      return shape ? [{ id, shape }] : [];
    });
    if (sources.length < before.inputs.length) continue;
    const lowered = lowerNode(before, sources, { ...context, origin: before.id });
    if (!('problems' in lowered)) shapes.set(before.id, lowered.shape);
  }
  return shapes.get(part.inputs[0]!) ?? null;
}

/** What is at a place inside a block that reads `input`: `path` names parts, each inside the one before it. */
function expandAt(
  block: BlockSpec,
  path: readonly string[],
  input: Shape,
  context: Expansion,
): BlockPart[] | Problem | null {
  const parts = expand(block, input, context);
  const [id, ...inner] = path;
  if (id === undefined || !Array.isArray(parts)) return parts;
  const part = parts.find((candidate) => candidate.id === id);
  if (!part || !isBlockType(part.type)) return null;
  const arriving = inputOfPart(parts, part, input, context);
  return arriving && expandAt(part, inner, arriving, context);
}

/** The shapes that arrive at a node, one for each copy that groups make of it. */
function arrivingAt(node: GraphNode, lowered: Lowered): Shape[] {
  return (lowered.arriving.get(node.id) ?? []).flatMap((shapes) => shapes.slice(0, 1));
}

function allAlike(all: readonly unknown[]): boolean {
  return all.every((parts) => JSON.stringify(parts) === JSON.stringify(all[0]));
}

/**
 * What a block is made of in a family, one level down: a stage gives blocks, a block layers. The parts depend on the shape that arrives;
 * a block that a group repeats has none of its own when its copies differ.
 *
 * @param lowered what lower() made of the document for the family
 * @returns block-input-unknown, block-copies-differ, or why its fields allow no expansion
 * @throws Error when the node is no block
 */
export function blockParts(
  document: GraphDocument,
  node: GraphNode,
  lowered: Lowered,
  family: Family,
): Result<readonly BlockPart[]> {
  const inputs = arrivingAt(node, lowered);
  if (inputs.length === 0) {
    const message = `What is inside ${node.name} depends on the shape that arrives, which is not known yet.`;
    return refused('block-input-unknown', message, 'Connect it behind a layer without problems.', node);
  }
  const context = { planes: inheritedPlanes(document), family };
  const all = inputs.map((input) => expand(node, input, context));
  const problem = all.find((parts) => !Array.isArray(parts));
  if (problem) return failed({ ...(problem as Problem), node: node.id });
  if (!allAlike(all)) {
    const message = `The copies of ${node.name} differ: the first changes the shape, later ones do not.`;
    return refused('block-copies-differ', message, 'Take it out of the group that repeats.', node);
  }
  return ok(all[0] as BlockPart[]);
}

/**
 * What a part of a block is made of, itself a block: `path` names the parts that lead to it from the outermost, "block1" of a stage first.
 * null when it is no block, or what it is made of is not known, or not the same in all copies that groups make.
 */
export function partsOfPart(
  document: GraphDocument,
  node: GraphNode,
  path: readonly string[],
  lowered: Lowered,
  family: Family,
): readonly BlockPart[] | null {
  const context = { planes: inheritedPlanes(document), family };
  const all = arrivingAt(node, lowered).map((input) => expandAt(node, path, input, context));
  const [first] = all;
  return Array.isArray(first) && allAlike(all) ? first : null;
}
