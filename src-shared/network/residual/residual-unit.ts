import { defaultsOf } from '../../fields/check-value';
import { stage } from '../../blocks/stage';
import type { GraphDocument, GraphNode } from '../../graph/document';
import { crossings, isGroup, type GroupTree } from '../../graph/groups';
import { sameShape, type Shape } from '../../ops/shape';
import { repeatsOf } from '../group-problems';
import type { PathItem } from './path-items';

/** What is added, copied and removed as one when a stage gets another depth. */
export interface ResidualUnit {
  kind: 'stage' | 'block' | 'drawn' | 'repeated';
  /** The block or the stage, or the group that repeats; null for layers. */
  node: GraphNode | null;
  /** The node that holds all of it: `node`, or a group with nothing else in it but layers that belong to this block; null: none does. */
  owner: GraphNode | null;
  /** All nodes that are copied and removed with it. */
  members: readonly GraphNode[];
  /** The layers of its blocks. */
  layers: readonly GraphNode[];
  /** Other layers among the members. */
  extras: readonly GraphNode[];
  /** The layer outside that it reads. */
  entry: string;
  /** The layer inside that is read outside. */
  exit: string;
  /** Residual blocks in it, repetitions counted. */
  blocks: number;
  /** How many blocks it grows by at once: 1, but for a group that repeats several. */
  step: number;
  /** Its input and output have one shape. */
  identity: boolean;
  /** Its number of blocks can change alone: not that of a group that changes height, width or maps with every repetition. */
  countable: boolean;
}

type Ends = Pick<ResidualUnit, 'entry' | 'exit'>;

/** A path item and what lies before it. */
export interface PlacedItem extends PathItem {
  entry: string;
}

/** n of a stage block. */
export function blocksOf(node: GraphNode): number {
  return Number(node.fields.blocks ?? defaultsOf(stage.fields).blocks);
}

function repeatedAround(
  item: PathItem,
  tree: GroupTree,
  groups: ReadonlyMap<string, GraphNode>,
): GraphNode[] {
  const first = tree.around(item.nodes[0]!.id);
  return first
    .filter((id) => item.nodes.every((node) => tree.around(node.id).includes(id)))
    .map((id) => groups.get(id)!)
    .filter((group) => repeatsOf(group) > 1);
}

/** A group that belongs to one residual block, and whether there is more in it than its layers. */
interface OwnGroup {
  group: GraphNode;
  more: boolean;
}

/**
 * The innermost group around a block that is no other block's: one with nothing but its layers in it, or one with all of them and more that
 * is entered and left at one place.
 */
function ownGroup(
  document: GraphDocument,
  item: PathItem,
  items: readonly PathItem[],
  tree: GroupTree,
): OwnGroup | null {
  const id = tree.groupOf(item.nodes.at(-1)!.id);
  if (id === null) return null;
  const group = document.nodes.find((node) => node.id === id)!;
  const layers = new Set(
    tree
      .inside(id)
      .filter((node) => !isGroup(node))
      .map((node) => node.id),
  );
  const own = item.nodes.filter((node) => layers.has(node.id));
  if (own.length === layers.size) return item.kind === 'drawn' ? { group, more: false } : null;
  const other = items.some(
    (one) => one !== item && one.kind !== 'other' && one.nodes.some((node) => layers.has(node.id)),
  );
  const { sources, exits } = crossings(document, layers);
  const whole = own.length === item.nodes.length && sources.length === 1 && exits.length === 1;
  return whole && !other ? { group, more: true } : null;
}

/** Finds the units of a design among the items of its main path. */
export class UnitFinder {
  readonly #groups: ReadonlyMap<string, GraphNode>;

  constructor(
    readonly document: GraphDocument,
    readonly tree: GroupTree,
    readonly items: readonly PlacedItem[],
    readonly shapes: ReadonlyMap<string, Shape>,
  ) {
    this.#groups = new Map(document.nodes.filter(isGroup).map((node) => [node.id, node]));
  }

  /** The outermost group around an item that repeats it; null: none does. */
  repeating(item: PathItem): GraphNode | null {
    return repeatedAround(item, this.tree, this.#groups).at(-1) ?? null;
  }

  #blocks(item: PathItem): number {
    const own = item.kind === 'stage' ? blocksOf(item.nodes[0]!) : 1;
    return repeatedAround(item, this.tree, this.#groups).reduce(
      (product, group) => product * repeatsOf(group),
      own,
    );
  }

  #complete(unit: Omit<ResidualUnit, 'members' | 'extras' | 'identity'>): ResidualUnit {
    const { owner, layers } = unit;
    const inside = owner ? [owner, ...this.tree.inside(owner.id)] : [];
    const members = [...inside, ...layers.filter((node) => !inside.includes(node))];
    const extras = members.filter((node) => !isGroup(node) && !layers.includes(node));
    const [before, after] = [this.shapes.get(unit.entry), this.shapes.get(unit.exit)];
    return { ...unit, members, extras, identity: !!before && !!after && sameShape(before, after) };
  }

  #hasShape({ id }: GraphNode, shape: Shape): boolean {
    const own = this.shapes.get(id);
    return !!own && sameShape(own, shape);
  }

  #sameEnds(a: Ends, b: Ends): boolean {
    return (['entry', 'exit'] as const).every((end) => {
      const [one, other] = [this.shapes.get(a[end]), this.shapes.get(b[end])];
      return !!one && !!other && sameShape(one, other);
    });
  }

  #ends(group: GraphNode): Ends {
    const { sources, exits } = crossings(
      this.document,
      new Set(this.tree.inside(group.id).map(({ id }) => id)),
    );
    return { entry: sources[0]!, exit: exits[0]! };
  }

  /** The unit of one item that nothing repeats. */
  single(item: PlacedItem & { kind: 'stage' | 'block' | 'drawn' }): ResidualUnit {
    const { kind, nodes: layers, entry } = item;
    const node = kind === 'drawn' ? null : layers[0]!;
    const bounds = { entry, exit: layers.at(-1)!.id };
    const bare = {
      kind,
      node,
      owner: node,
      layers,
      blocks: this.#blocks(item),
      step: 1,
      countable: true,
      ...bounds,
    };
    const own = ownGroup(this.document, item, this.items, this.tree);
    if (!own) return this.#complete(bare);
    if (!own.more) return this.#complete({ ...bare, owner: own.group });
    // A group that also changes the shape is more than a block with something added.
    const ends = this.#ends(own.group);
    return this.#complete(this.#sameEnds(bounds, ends) ? { ...bare, ...ends, owner: own.group } : bare);
  }

  /** The unit of all items that a group repeats. */
  repeated(group: GraphNode, items: readonly PlacedItem[]): ResidualUnit {
    const blocks = items.reduce((sum, item) => sum + this.#blocks(item), 0);
    const layers = items.flatMap(({ nodes }) => nodes);
    const step = blocks / repeatsOf(group);
    const ends = this.#ends(group);
    const own = { node: group, owner: group, layers, blocks, step, ...ends };
    const shape = this.shapes.get(ends.exit)!;
    const before = this.shapes.get(ends.entry)!;
    const oneShape = items.every(({ nodes }) => this.#hasShape(nodes.at(-1)!, shape));
    const unit = this.#complete({ kind: 'repeated', ...own, countable: true });
    // The first block of the first repetition may widen; a layer beside the blocks that does belongs to no stage.
    const sameSize = before[0] === shape[0] && before[1] === shape[1];
    const widens = !unit.identity && unit.extras.length > 0;
    return { ...unit, countable: oneShape && sameSize && !widens };
  }
}
