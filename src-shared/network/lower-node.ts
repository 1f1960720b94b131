import { BLOCK_INPUT } from '../blocks/definition';
import { blockDefinition, isBlockType } from '../blocks/index';
import { checkValues } from '../fields/check-value';
import type { FieldSet, FieldValue } from '../fields/field';
import type { Family } from '../graph/family';
import { hasPlanes, isProblem } from '../ops/definition';
import { isOpType, opDefinition, ops, type OpType } from '../ops/index';
import type { Shape } from '../ops/shape';
import type { Problem } from '../problem';
import type { NetworkNode } from './network';

/** Where a node reads: id of a lowered node and the shape it gives. */
export interface Source {
  id: string;
  shape: Shape;
}

/** A node or part on its way into a Network. */
export interface NodeSpec {
  id: string;
  type: string;
  name: string;
  fields: Readonly<Record<string, FieldValue>>;
}

/** What lowering needs to know beside the node. */
export interface LowerContext {
  family: Family;
  /** K of Input. */
  planes: number;
  /** The document node that everything here comes from. */
  origin: string;
}

/** Lowered primitives, the last of which is the output; or problems, all naming the document node. */
export type LoweredNode = { nodes: NetworkNode[]; shape: Shape } | { problems: Problem[] };

type Values = Record<string, FieldValue>;

/** The values of a node with defaults and K of Input filled in. */
export function completeValues(
  fields: FieldSet,
  spec: Pick<NodeSpec, 'fields'>,
  planes: number,
): { values: Values; problems: Problem[] } {
  const { values, problems } = checkValues(fields, spec.fields);
  const complete: Values = { ...values };
  if (hasPlanes(complete) && complete.planes === null) Object.assign(complete, { planes });
  return { values: complete, problems };
}

/** The twin of a primitive: U-MCN keeps filters float, WRN takes an ordinary convolution of as many channels (mcn.md, section 5). */
function twin(type: OpType, values: Values, family: Family): { type: OpType; values: Values } {
  if (type !== 'mcconv' || family === 'mcn') return { type, values };
  if (family === 'umcn') return { type, values: { ...values, binary: false } };
  const { maps, planes, kernel, stride } = values;
  return {
    type: 'conv',
    values: { channels: Number(maps) * Number(planes), kernel: kernel!, stride: stride! },
  };
}

function problemsOf(
  problems: readonly Problem[],
  spec: NodeSpec,
  context: LowerContext,
): { problems: Problem[] } {
  return {
    problems: problems.map((problem) => ({
      ...problem,
      node: context.origin,
      message: problem.message.includes(spec.name) ? problem.message : `${spec.name}: ${problem.message}`,
    })),
  };
}

function lowerPrimitive(
  type: OpType,
  spec: NodeSpec,
  inputs: readonly Source[],
  context: LowerContext,
): LoweredNode {
  const { values, problems } = completeValues(ops[type].fields, spec, context.planes);
  if (problems.length > 0) return problemsOf(problems, spec, context);
  const own = twin(type, values, context.family);
  const inputShapes = inputs.map((source) => source.shape);
  const shape = opDefinition(type).infer(inputShapes, values);
  if (isProblem(shape)) return problemsOf([shape], spec, context);
  const node = {
    id: spec.id,
    type: own.type,
    name: spec.name,
    values: own.values,
    inputs: inputs.map((source) => source.id),
    inputShapes,
    shape,
    origin: context.origin,
  };
  return { nodes: [node as unknown as NetworkNode], shape };
}

/**
 * Lowers one node for a family: checks its values, fills in defaults and K, expands blocks down to primitives, infers shapes.
 * `inputs` come in the order of the edges.
 */
export function lowerNode(spec: NodeSpec, inputs: readonly Source[], context: LowerContext): LoweredNode {
  if (isOpType(spec.type)) return lowerPrimitive(spec.type, spec, inputs, context);
  if (!isBlockType(spec.type)) {
    const problem = {
      code: 'type-unknown',
      message: `There is no layer type "${spec.type}".`,
      fix: 'Replace it.',
    };
    return problemsOf([problem], spec, context);
  }
  const definition = blockDefinition(spec.type);
  const { values, problems } = completeValues(definition.fields, spec, context.planes);
  if (problems.length > 0) return problemsOf(problems, spec, context);
  const parts = definition.expand(values, { input: inputs[0]!.shape, family: context.family });
  if (!Array.isArray(parts)) return problemsOf([parts], spec, context);
  const sources = new Map<string, Source>([[BLOCK_INPUT, inputs[0]!]]);
  const nodes: NetworkNode[] = [];
  let shape = inputs[0]!.shape;
  for (const part of parts) {
    const inner = { ...part, id: `${spec.id}/${part.id}`, name: `${spec.name} / ${part.name}` };
    const lowered = lowerNode(
      inner,
      part.inputs.map((id) => sources.get(id)!),
      context,
    );
    if ('problems' in lowered) return lowered;
    nodes.push(...lowered.nodes);
    shape = lowered.shape;
    sources.set(part.id, { id: lowered.nodes.at(-1)!.id, shape });
  }
  return { nodes, shape };
}
