import { fieldsSchema } from '../fields/fields-schema';
import type { Family } from '../graph/family';
import { isProblem } from '../ops/definition';
import { isOpType, opDefinition } from '../ops/index';
import type { Shape } from '../ops/shape';
import { failed, ok, type Problem, type Result } from '../problem';
import { NETWORK_VERSION, type Network, type NetworkNode } from './network';

/** A network node without what follows from the others: how packed models store it. */
export interface CompactNode {
  id: string;
  type: string;
  name: string;
  values: Record<string, unknown>;
  inputs: readonly string[];
}

function invalid(message: string, node?: string): Problem {
  return {
    code: 'network-invalid',
    message,
    fix: 'The file is damaged; export or train it again.',
    ...(node && { node }),
  };
}

function restoreNode(compact: CompactNode, known: ReadonlyMap<string, Shape>): NetworkNode | Problem {
  const { id, type, name, values, inputs } = compact;
  if (known.has(id)) return invalid(`Two layers have the id "${id}".`, id);
  if (!isOpType(type)) return invalid(`Layer "${id}" has the unknown type "${type}".`, id);
  const definition = opDefinition(type);
  const parsed = fieldsSchema(definition.fields).safeParse(values);
  if (!parsed.success) return invalid(`Layer "${id}": ${parsed.error.issues[0]!.message}.`, id);
  if ('planes' in values && typeof values.planes !== 'number') return invalid(`Layer "${id}" has no K.`, id);
  const inputShapes: Shape[] = [];
  for (const source of inputs) {
    const shape = known.get(source);
    if (!shape) return invalid(`Layer "${id}" reads "${source}", which does not stand before it.`, id);
    inputShapes.push(shape);
  }
  const port = definition.inputs[0];
  const countFits = !port ? inputs.length === 0 : port.many ? inputs.length >= 2 : inputs.length === 1;
  if (!countFits)
    return invalid(`Layer "${id}" (${definition.label}) cannot have ${inputs.length} inputs.`, id);
  const shape = definition.infer(inputShapes, parsed.data);
  if (isProblem(shape)) return invalid(`Layer "${id}": ${shape.message}`, id);
  return {
    id,
    type,
    name,
    values: parsed.data,
    inputs,
    inputShapes,
    shape,
    origin: id,
  } as unknown as NetworkNode;
}

/**
 * Rebuilds a network from its compact form, inferring every shape anew. Trusts nothing: unknown types, values out of limits,
 * forward references, wrong numbers of inputs, missing ends and layers that nothing reads are problems.
 */
export function restoreNetwork(family: Family, compact: readonly CompactNode[]): Result<Network> {
  const shapes = new Map<string, Shape>();
  const nodes: NetworkNode[] = [];
  for (const item of compact) {
    const node = restoreNode(item, shapes);
    if ('code' in node) return failed(node);
    shapes.set(node.id, node.shape);
    nodes.push(node);
  }
  if (nodes.filter((node) => node.type === 'input').length !== 1 || nodes[0]?.type !== 'input') {
    return failed(invalid('The network does not start with its one input.'));
  }
  if (nodes.filter((node) => node.type === 'output').length !== 1 || nodes.at(-1)?.type !== 'output') {
    return failed(invalid('The network does not end with its one output.'));
  }
  const read = new Set(nodes.flatMap((node) => node.inputs));
  const unread = nodes.find((node) => node.type !== 'output' && !read.has(node.id));
  if (unread) return failed(invalid(`Nothing reads layer "${unread.id}".`, unread.id));
  return ok({ version: NETWORK_VERSION, family, nodes });
}

/** The compact form of a network; {@link restoreNetwork} reads it back (`origin` becomes the id). */
export function compactNodes(network: Network): CompactNode[] {
  return network.nodes.map(({ id, type, name, values, inputs }) => ({
    id,
    type,
    name,
    values: { ...values },
    inputs,
  }));
}
