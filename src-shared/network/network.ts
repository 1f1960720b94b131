import type { Family } from '../graph/family';
import type { OpType, OpValues } from '../ops/index';
import type { Shape } from '../ops/shape';

/** The version that this build writes into runs and packed models. */
export const NETWORK_VERSION = 1;

/** One primitive layer with everything resolved. Ids inside a block are "block/part". */
export interface NetworkNodeOf<T extends OpType> {
  readonly id: string;
  readonly type: T;
  /** Name for people: the node's, or "Stage 2 / block 1 / conv 1". */
  readonly name: string;
  readonly values: OpValues<T>;
  /** Ids of the nodes whose output it reads, in port order. */
  readonly inputs: readonly string[];
  readonly inputShapes: readonly Shape[];
  readonly shape: Shape;
  /** The document node it came from. */
  readonly origin: string;
}

/** Any primitive layer; narrow by `type`. */
export type NetworkNode = { [T in OpType]: NetworkNodeOf<T> }[OpType];

/**
 * A design lowered for one family: primitives only, in topological order, with shapes. Immutable and JSON.
 * The first node is the one input, the last the one output.
 */
export interface Network {
  readonly version: typeof NETWORK_VERSION;
  readonly family: Family;
  readonly nodes: readonly NetworkNode[];
}

/** The input node. */
export function inputNode(network: Network): NetworkNodeOf<'input'> {
  const node = network.nodes[0];
  if (node?.type !== 'input') throw new Error('A network starts with its input');
  return node;
}

/** Number of classes: the channels that reach the output. */
export function classCount(network: Network): number {
  return network.nodes[network.nodes.length - 1]!.shape[2];
}

/** The modulated convolutions, in order. */
export function mcconvNodes(network: Network): NetworkNodeOf<'mcconv'>[] {
  return network.nodes.filter((node) => node.type === 'mcconv');
}
