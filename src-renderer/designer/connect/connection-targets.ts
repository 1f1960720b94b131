import { nodeKind } from '@shared/blocks/node-kinds';
import type { GraphDocument, GraphEdge, GraphNode } from '@shared/graph/document';
import type { Family } from '@shared/graph/family';
import { inheritedPlanes } from '@shared/network/lower';
import { lowerNode } from '@shared/network/lower-node';
import type { Shape } from '@shared/ops/shape';
import { problemText } from '@shared/problem';
import { reachable } from '../cards/reachable';
import { portKey, portsOfType, type PortEnd } from './port';

/** Whether a connection may end at a port. */
export interface Verdict {
  /** Why not, in words with the way out; null: it may. */
  refusal: string | null;
  /** The connection that has to give way, as the port takes one only. */
  replaces: GraphEdge | null;
}

/** The design as far as it decides what may be connected. */
export interface ConnectContext {
  document: GraphDocument;
  family: Family;
  /** Output shapes by node, as far as they are known. */
  shapes: ReadonlyMap<string, Shape>;
}

/** A connection that is not drawn yet. */
type Wanted = Omit<GraphEdge, 'id'>;

type Check = (edge: Wanted, target: GraphNode, arriving: readonly GraphEdge[]) => string | null;

/** What lowering would say of the target with the new input. The same type, fields and shapes are asked about once. */
function shapeCheck({ document, family, shapes }: ConnectContext): Check {
  const planes = inheritedPlanes(document);
  const known = new Map<string, string | null>();
  return (edge, target, arriving) => {
    const read = [...arriving.map(({ from }) => from), edge.from].map((id) => shapes.get(id));
    if (read.some((shape) => shape === undefined)) return null;
    const key = JSON.stringify([target.id, read]);
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const inputs = read.map((shape, index) => ({ id: String(index), shape: shape! }));
    const lowered = lowerNode(target, inputs, { family, planes, origin: target.id });
    // A problem of the port is one of the connection; others are for the fields to solve.
    const problem =
      'problems' in lowered ? lowered.problems.find(({ port }) => port !== undefined) : undefined;
    const refusal = problem ? problemText(problem) : null;
    known.set(key, refusal);
    return refusal;
  };
}

/**
 * Where a connection that begins at `from` may end: from an output the inputs of all nodes, from an input all outputs, by
 * {@link portKey}. A loop, a connection that is there already and shapes that cannot meet are refused; a taken input that takes one
 * connection gives it up. Of shapes that are not known yet nothing is said.
 */
export function connectionTargets(context: ConnectContext, from: PortEnd): Map<string, Verdict> {
  const { document } = context;
  const names = new Map(document.nodes.map((node) => [node.id, node.name]));
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  const incoming = new Map<string, GraphEdge[]>();
  for (const edge of document.edges) incoming.set(edge.to, [...(incoming.get(edge.to) ?? []), edge]);
  const looping = reachable(document, [from.node], from.port === null ? 'upstream' : 'downstream');
  const misfit = shapeCheck(context);

  function judge(edge: Wanted, other: string): Verdict {
    const target = byId.get(edge.to)!;
    const name = (id: string): string => names.get(id)!;
    const arriving = (incoming.get(edge.to) ?? []).filter(({ port }) => port === edge.port);
    const refuse = (refusal: string): Verdict => ({ refusal, replaces: null });
    if (edge.from === edge.to) return refuse('A layer cannot read itself.');
    if (arriving.some((known) => known.from === edge.from)) {
      return refuse(`${name(edge.from)} leads to ${name(edge.to)} already.`);
    }
    if (looping.has(other))
      return refuse(`This would close a loop: ${name(edge.to)} leads to ${name(edge.from)}.`);
    const many = nodeKind(target.type)!.inputs.find((port) => port.name === edge.port)?.many ?? false;
    const refusal = misfit(edge, target, many ? arriving : []);
    return refusal === null ? { refusal, replaces: many ? null : (arriving[0] ?? null) } : refuse(refusal);
  }

  const verdicts = new Map<string, Verdict>();
  for (const { id, type } of document.nodes) {
    for (const port of portsOfType(type)) {
      if ((port === null) === (from.port === null)) continue;
      const edge =
        port === null ? { from: id, to: from.node, port: from.port! } : { from: from.node, to: id, port };
      verdicts.set(portKey({ node: id, port }), judge(edge, id));
    }
  }
  return verdicts;
}
