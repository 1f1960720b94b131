import type { BlockPart } from '../blocks/definition';
import { blockDefinition, isBlockType } from '../blocks/index';
import type { GraphDocument, GraphNode } from '../graph/document';
import type { Family } from '../graph/family';
import type { Shape } from '../ops/shape';
import { failed, ok, type Problem, type Result } from '../problem';
import { inheritedPlanes, type Lowered } from './lower';
import { completeValues } from './lower-node';

function refused(code: string, message: string, fix: string, node: GraphNode): Result<never> {
  return failed({ code, message, fix, node: node.id });
}

/** The parts for each of several input shapes; a problem as soon as one shape allows none. */
function expansions(
  node: GraphNode,
  planes: number,
  family: Family,
  inputs: readonly Shape[],
): BlockPart[][] | Problem {
  if (!isBlockType(node.type)) throw new Error(`${node.type} is no block`);
  const definition = blockDefinition(node.type);
  const { values, problems } = completeValues(definition.fields, node, planes);
  if (problems[0]) return problems[0];
  const all: BlockPart[][] = [];
  for (const input of inputs) {
    const parts = definition.expand(values, { input, family });
    if (!Array.isArray(parts)) return parts;
    all.push(parts);
  }
  return all;
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
  const inputs = (lowered.arriving.get(node.id) ?? []).flatMap((shapes) => shapes.slice(0, 1));
  if (inputs.length === 0) {
    const message = `What is inside ${node.name} depends on the shape that arrives, which is not known yet.`;
    return refused('block-input-unknown', message, 'Connect it behind a layer without problems.', node);
  }
  const all = expansions(node, inheritedPlanes(document), family, inputs);
  if (!Array.isArray(all)) return failed({ ...all, node: node.id });
  if (all.some((parts) => JSON.stringify(parts) !== JSON.stringify(all[0]))) {
    const message = `The copies of ${node.name} differ: the first changes the shape, later ones do not.`;
    return refused('block-copies-differ', message, 'Take it out of the group that repeats.', node);
  }
  return ok(all[0]!);
}
