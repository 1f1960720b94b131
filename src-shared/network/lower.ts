import { nodeKind } from '../blocks/node-kinds';
import { fits } from '../fields/check-value';
import type { GraphDocument, GraphNode } from '../graph/document';
import type { Family } from '../graph/family';
import { groupTree, layersOf, type GroupTree } from '../graph/groups';
import { input } from '../ops/input';
import type { Shape } from '../ops/shape';
import type { Problem } from '../problem';
import { nestingProblems } from './group-problems';
import { lowerNode, type Source } from './lower-node';
import { NETWORK_VERSION, type Network, type NetworkNode } from './network';
import { unrollGroups } from './unroll-groups';
import { wire, type Wiring } from './wiring';

/** What lowering found out; useful to a canvas even when there is no network yet. */
export interface Lowered {
  /** null when a problem of severity error stands in the way. */
  network: Network | null;
  /** What the nodes became: of a sound design the layers of the network, otherwise of every node for which that is known. */
  layers: readonly NetworkNode[];
  /** All problems; `node` is a document node. */
  problems: Problem[];
  /** Output shape by document node, as far as it is known; in a group that repeats that of the last copy. */
  shapes: ReadonlyMap<string, Shape>;
  /** What arrives at a document node, by copy and then by input, as far as it is known. */
  arriving: ReadonlyMap<string, readonly (readonly Shape[])[]>;
  /** Document nodes of which nothing is known because of a node before them, each with that node, which has the problem. */
  waiting: ReadonlyMap<string, string>;
}

/** Whether a problem stands in the way. */
export function isError(problem: Problem): boolean {
  return (problem.severity ?? 'error') === 'error';
}

function endProblems(document: GraphDocument): Problem[] {
  return (['input', 'output'] as const).flatMap((type) => {
    const found = document.nodes.filter((node) => node.type === type);
    const label = nodeKind(type)!.label;
    if (found.length === 1) return [];
    if (found.length === 0) {
      return [
        { code: `${type}-missing`, message: `The design has no ${label}.`, fix: `Add an ${label} node.` },
      ];
    }
    return found.slice(1).map((node) => ({
      code: `${type}-many`,
      message: `${node.name} is a second ${label}; a design has one.`,
      fix: 'Remove it.',
      node: node.id,
    }));
  });
}

/** Nodes from which the output can be reached, and the groups around them. */
function reaching(wiring: Wiring, output: GraphNode | undefined, tree: GroupTree): Set<string> {
  const found = new Set<string>();
  const open = output ? [output.id] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(wiring.incoming.get(id) ?? []).map((edge) => edge.from));
  }
  return new Set([...found].flatMap((id) => [id, ...tree.around(id)]));
}

/** K of the design: what Input says, or the default while that is missing or does not fit. */
export function inheritedPlanes(document: GraphDocument): number {
  const value = document.nodes.find((node) => node.type === 'input')?.fields.planes;
  return value !== undefined && fits(input.fields.planes, value)
    ? Number(value)
    : input.fields.planes.default;
}

/**
 * Turns a design into a network of primitives for one family, with shapes, or says node by node what is missing.
 *
 * Pure; the document is the same for all families (architecture.md, "Twins"). Nodes that do not lead to Output are left out, and what is
 * wrong with them is a warning. A problem at one node does not hide those of other branches. What a group repeats becomes layers of
 * their own, "id#2" behind "id", that all come from the one document node.
 */
export function lower(document: GraphDocument, family: Family): Lowered {
  const tree = groupTree(document);
  const wiring = wire(document);
  const unrolled = unrollGroups({ ...document, edges: wiring.edges }, tree);
  const { order, incoming } = unrolled.repeats ? wire(unrolled.document) : wiring;
  const problems = [
    ...wiring.problems,
    ...nestingProblems(document, tree),
    ...unrolled.problems,
    ...endProblems(document),
  ];
  const shapes = new Map<string, Shape>();
  const arriving = new Map<string, Shape[][]>();
  const sources = new Map<string, Source>();
  const nodes: NetworkNode[] = [];
  const layers: NetworkNode[] = [];
  const used = reaching(
    wiring,
    document.nodes.find((node) => node.type === 'output'),
    tree,
  );
  // While something is still to be connected, nobody knows what will be left out.
  const isConnected =
    used.size > 0 && !wiring.problems.some(({ code, node }) => code === 'port-empty' && used.has(node!));
  const planes = inheritedPlanes(document);
  const broken = new Set(wiring.problems.filter(isError).map((problem) => problem.node));
  const waiting = new Map<string, string>();
  /** What is in the way of those who read a node that became nothing: the document node with the problem. */
  const obstacles = new Map<string, string>();

  for (const node of order) {
    const origin = unrolled.originOf.get(node.id) ?? node.id;
    const isCopy = origin !== node.id;
    obstacles.set(node.id, origin);
    if (!nodeKind(node.type)) {
      const message = `${node.name}: there is no layer type "${node.type}" in this version.`;
      if (!isCopy)
        problems.push({ code: 'type-unknown', message, fix: 'Remove or replace the node.', node: node.id });
      continue;
    }
    if (broken.has(origin)) continue;
    const inputs = incoming.get(node.id)!.map((edge) => sources.get(edge.from));
    const missing = inputs.indexOf(undefined);
    if (missing >= 0) {
      const obstacle = obstacles.get(incoming.get(node.id)![missing]!.from)!;
      obstacles.set(node.id, obstacle);
      waiting.set(origin, obstacle);
      continue;
    }
    const inputShapes = (inputs as Source[]).map(({ shape }) => shape);
    arriving.set(origin, [...(arriving.get(origin) ?? []), inputShapes]);
    const lowered = lowerNode(node, inputs as Source[], { family, planes, origin });
    if ('problems' in lowered) {
      problems.push(...(isCopy ? withoutKnown(lowered.problems, problems) : lowered.problems));
      continue;
    }
    shapes.set(origin, lowered.shape);
    sources.set(node.id, { id: lowered.nodes.at(-1)!.id, shape: lowered.shape });
    layers.push(...lowered.nodes);
    if (used.has(origin)) nodes.push(...lowered.nodes);
    else if (!isCopy && isConnected) problems.push(unusedProblem(node));
  }
  const loop = wiring.problems.find(({ code }) => code === 'cycle')?.node;
  if (loop !== undefined) {
    const sorted = new Set(wiring.order);
    const stuck = layersOf(document).filter((node) => !sorted.has(node) && !broken.has(node.id));
    for (const { id } of stuck) waiting.set(id, loop);
  }
  const weighed = problems.map((problem) => (concerns(problem, used) ? problem : asWarning(problem)));
  const network = weighed.some(isError) ? null : assemble(family, nodes);
  return { network, layers: network?.nodes ?? layers, problems: weighed, shapes, arriving, waiting };
}

/** Problems of a copy that were not told of its node already. */
function withoutKnown(found: readonly Problem[], known: readonly Problem[]): Problem[] {
  return found.filter(
    ({ code, node, field, port }) =>
      !known.some(
        (other) => other.code === code && other.node === node && other.field === field && other.port === port,
      ),
  );
}

/** Whether a problem touches what leads to Output. Without an Output everything might; a loop may be in the way of nodes it does not name. */
function concerns(problem: Problem, used: ReadonlySet<string>): boolean {
  return !problem.node || used.size === 0 || used.has(problem.node) || problem.code === 'cycle';
}

function asWarning(problem: Problem): Problem {
  return isError(problem) ? { ...problem, severity: 'warning' } : problem;
}

function unusedProblem(node: GraphNode): Problem {
  return {
    code: 'unused',
    message: `${node.name} does not lead to Output and is left out.`,
    fix: 'Connect it, or remove it.',
    node: node.id,
    severity: 'warning',
  };
}

/** Input first and output last; everything else is in order already. */
function assemble(family: Family, nodes: readonly NetworkNode[]): Network {
  const inner = nodes.filter((node) => node.type !== 'input' && node.type !== 'output');
  const first = nodes.find((node) => node.type === 'input')!;
  const last = nodes.find((node) => node.type === 'output')!;
  return { version: NETWORK_VERSION, family, nodes: [first, ...inner, last] };
}
