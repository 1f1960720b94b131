import type { GraphDocument, GraphEdge, GraphNode } from '../graph/document';
import { crossings, isGroup, layersOf, type GroupTree } from '../graph/groups';
import type { Problem } from '../problem';
import { repeatProblem, repeatsOf } from './group-problems';

/** As many layers as a document may have nodes. */
const MOST_LAYERS = 5000;

/** A design without groups: what they repeat stands there as often as it is computed. */
export interface Unrolled {
  document: GraphDocument;
  /** Whether any group repeats. */
  repeats: boolean;
  /** The document node behind each copy. The first copy has the id of its node. */
  originOf: ReadonlyMap<string, string>;
  problems: Problem[];
}

/** Which copy of what it lies in: an index from 1 for each repeating group around a node, the outermost first. */
type Path = readonly number[];

/** A group that can repeat: how often, and the node inside that the next copy reads. */
interface Repetition {
  repeats: number;
  exit: string;
}

function repetitionsOf(
  document: GraphDocument,
  tree: GroupTree,
): { repetitions: Map<string, Repetition>; problems: Problem[] } {
  const repetitions = new Map<string, Repetition>();
  const problems: Problem[] = [];
  for (const group of document.nodes.filter(isGroup)) {
    const repeats = repeatsOf(group);
    const inside = new Set(tree.inside(group.id).map(({ id }) => id));
    if (repeats === 1 || inside.size === 0) continue;
    const problem = repeatProblem(document, group, repeats, tree);
    const [exit] = crossings(document, inside).exits;
    if (problem) problems.push(problem);
    else if (exit !== undefined) repetitions.set(group.id, { repeats, exit });
  }
  return { repetitions, problems };
}

/** All paths through repeating groups of so many copies, in the order in which they are computed. */
function pathsThrough(counts: readonly number[]): Path[] {
  return counts.reduce<Path[]>(
    (paths, count) =>
      paths.flatMap((path) => Array.from({ length: count }, (_, index) => [...path, index + 1])),
    [[]],
  );
}

/** "#2", or "#2.1" in groups that lie in one another; nothing for the first copy. */
function suffix(path: Path): string {
  return path.every((index) => index === 1) ? '' : `#${path.join('.')}`;
}

/** Ids and edges of copies over the repeating groups of a document. */
class Copies {
  readonly #chains = new Map<string, string[]>();
  readonly #ids = new Map<string, string>();

  constructor(
    layers: readonly GraphNode[],
    tree: GroupTree,
    readonly repetitions: ReadonlyMap<string, Repetition>,
  ) {
    const taken = new Set(layers.map(({ id }) => id));
    for (const { id } of layers) {
      this.#chains.set(
        id,
        tree
          .around(id)
          .filter((group) => repetitions.has(group))
          .reverse(),
      );
      for (const path of this.paths(id)) {
        const mark = suffix(path);
        let copy = `${id}${mark}`;
        while (mark !== '' && taken.has(copy)) copy += '#';
        taken.add(copy);
        this.#ids.set(JSON.stringify([id, path]), copy);
      }
    }
  }

  #counts(groups: readonly string[]): number[] {
    return groups.map((group) => this.repetitions.get(group)!.repeats);
  }

  paths(node: string): Path[] {
    return pathsThrough(this.#counts(this.#chains.get(node)!));
  }

  id(node: string, path: Path): string {
    return this.#ids.get(JSON.stringify([node, path]))!;
  }

  /** The copy of `node` in the copies that `path` starts with, and the last one of every group further inside. */
  #last(node: string, path: Path): string {
    return this.id(node, [...path, ...this.#counts(this.#chains.get(node)!.slice(path.length))]);
  }

  /** What the copy of an edge's target at `path` reads: the edge's source, or in a later copy of a group entered the copy before it. */
  source({ from, to }: GraphEdge, path: Path): string {
    const target = this.#chains.get(to)!;
    const shared = this.#chains.get(from)!.filter((group, index) => target[index] === group).length;
    const entered = path.findLastIndex((index, depth) => depth >= shared && index > 1);
    if (entered < 0) return this.#last(from, path.slice(0, shared));
    const { exit } = this.repetitions.get(target[entered]!)!;
    return this.#last(exit, [...path.slice(0, entered), path[entered]! - 1]);
  }
}

function layerCount(
  layers: readonly GraphNode[],
  tree: GroupTree,
  found: ReadonlyMap<string, Repetition>,
): number {
  const copies = (id: string): number =>
    tree.around(id).reduce((product, group) => product * (found.get(group)?.repeats ?? 1), 1);
  return layers.reduce((sum, { id }) => sum + copies(id), 0);
}

/** Drops all repetitions when they make more layers than a design may have. */
function limited(
  layers: readonly GraphNode[],
  tree: GroupTree,
  { repetitions, problems }: ReturnType<typeof repetitionsOf>,
): ReturnType<typeof repetitionsOf> {
  const count = layerCount(layers, tree, repetitions);
  if (count <= MOST_LAYERS) return { repetitions, problems };
  const message = `With all repetitions the design has ${count.toLocaleString('en-US')} layers; ${MOST_LAYERS.toLocaleString('en-US')} are allowed.`;
  const [node] = repetitions.keys();
  const problem = { code: 'group-too-many', message, fix: 'Repeat the groups less often.', node: node! };
  return { repetitions: new Map(), problems: [...problems, problem] };
}

/**
 * Writes out what groups repeat. Copy i of a group reads the exit of copy i - 1 wherever the first one reads the node outside; what read
 * the group reads the exit of its last copy. A group that cannot repeat stands there once, with a problem that says why.
 * Connections must join layers, as wire() has them; of nodes with the same id the last counts.
 */
export function unrollGroups(document: GraphDocument, tree: GroupTree): Unrolled {
  const layers = [...new Map(layersOf(document).map((node) => [node.id, node])).values()];
  const { repetitions, problems } = limited(layers, tree, repetitionsOf(document, tree));
  if (repetitions.size === 0) {
    const originOf = new Map(layers.map(({ id }) => [id, id]));
    return { document: { ...document, nodes: layers }, repeats: false, originOf, problems };
  }
  const copies = new Copies(layers, tree, repetitions);
  const originOf = new Map<string, string>();
  const nodes = layers.flatMap((node) =>
    copies.paths(node.id).map((path): GraphNode => {
      const id = copies.id(node.id, path);
      originOf.set(id, node.id);
      const mark = suffix(path);
      return { ...node, id, name: mark === '' ? node.name : `${node.name} ${mark}` };
    }),
  );
  const edges = document.edges.flatMap((edge) =>
    copies.paths(edge.to).map((path): GraphEdge => ({
      ...edge,
      id: `${edge.id}${suffix(path)}`,
      from: copies.source(edge, path),
      to: copies.id(edge.to, path),
    })),
  );
  return { document: { ...document, nodes, edges }, repeats: true, originOf, problems };
}
