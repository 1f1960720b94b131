import { computed, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { BlockPart } from '@shared/blocks/definition';
import { isBlockType } from '@shared/blocks/index';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import type { Family } from '@shared/graph/family';
import { groupTree } from '@shared/graph/groups';
import { blockParts, partsOfPart } from '@shared/network/block-parts';
import { lower } from '@shared/network/lower';
import { profile as profileOf } from '@shared/network/profile';
import type { Problem, Result } from '@shared/problem';
import { useProjectStore } from '../../stores/project';
import { groupCards } from '../cards/group-card';
import { keepUnchanged, nodeCards, type CardContext, type NodeCardModel } from '../cards/node-card';
import { partCard } from '../cards/part-card';
import { withTwinMarks } from '../cards/twin-mark';
import { nameInGroups } from '../edits/rename-group';
import { shownDesign, type ShownDesign, type ShownPart } from '../groups/shown-design';

/** What is to be seen of the design, and the models of all cards. */
export interface Shown {
  design: ComputedRef<ShownDesign>;
  /** Of every layer and block, shown or not, in document order; groups and parts left out. */
  layers: ComputedRef<readonly NodeCardModel[]>;
  /** What stands on the canvas as a card. */
  cards: ComputedRef<readonly NodeCardModel[]>;
  /** What stands on the canvas as a frame, the outer ones first. */
  frames: ComputedRef<readonly NodeCardModel[]>;
  /** The model of any node, or of a part that is shown. */
  modelOf(id: string): NodeCardModel | undefined;
  /** What a block is made of, or why that is not known. @throws Error when the node is no block */
  partsOf(node: GraphNode): Result<readonly BlockPart[]> | null;
  /** Whether a card is a part of an open block that is a block itself. */
  isBlockPart(card: string): boolean;
  /** Opens or closes such a part. A way of looking, no change of the design: parts derive from the fields of their block. */
  togglePart(card: string): void;
}

/** The models of all layers, blocks, groups and shown parts of a design. */
function modelsOf(context: CardContext, { parts }: ShownDesign): NodeCardModel[] {
  const layers = nodeCards(context);
  const cards = [...parts].map(([id, part]) => partCard(id, part, context));
  return [...layers, ...groupCards(context, layers), ...cards];
}

/** Follows the open project's design. `before` is the twin that it was switched from, if the cards are to tell of it. */
export function useShown(
  document: ComputedRef<GraphDocument>,
  problems: ComputedRef<readonly Problem[]>,
  before: Readonly<Ref<Family | null>>,
): Shown {
  const store = useProjectStore();
  const openParts = shallowRef<ReadonlySet<string>>(new Set());

  function partsOf(node: GraphNode): Result<readonly BlockPart[]> | null {
    return store.lowered && isBlockType(node.type)
      ? blockParts(document.value, node, store.lowered, store.family)
      : null;
  }

  const nodes = computed(() => new Map(document.value.nodes.map((node) => [node.id, node])));

  function innerParts({ block, path, part }: ShownPart): readonly BlockPart[] | null {
    const node = nodes.value.get(block);
    return node && store.lowered && isBlockType(part.type)
      ? partsOfPart(document.value, node, path, store.lowered, store.family)
      : null;
  }

  const design = computed(() =>
    shownDesign(document.value, {
      ofBlock: (node) => {
        const parts = partsOf(node);
        return parts?.ok ? parts.value : null;
      },
      ofPart: (shown, card) => (openParts.value.has(card) ? innerParts(shown) : null),
    }),
  );
  const models = computed<readonly NodeCardModel[]>((old = []) => {
    const { lowered, costs, family } = store;
    if (!lowered || !costs) return [];
    const context = { document: document.value, family, lowered, costs, problems: problems.value };
    return keepUnchanged(old, marked(modelsOf(context, design.value)));
  });

  function marked(cards: NodeCardModel[]): NodeCardModel[] {
    const family = before.value;
    if (family === null) return cards;
    const lowered = lower(document.value, family);
    const costs = profileOf({ nodes: lowered.layers });
    const context = { document: document.value, family, lowered, costs, problems: [] };
    return withTwinMarks(cards, modelsOf(context, design.value), family);
  }

  const byId = computed(() => new Map(models.value.map((model) => [model.id, model])));
  const tree = computed(() => groupTree(document.value));
  const frameIds = computed(() => new Set(design.value.graph.nodes.flatMap(({ parent }) => parent ?? [])));

  /** Inside a frame of the same name a card needs only the rest of its own. */
  function shownModel({ id }: GraphNode): NodeCardModel[] {
    const model = byId.value.get(id);
    if (!model) return [];
    const around = tree.value.around(id).map((group) => nodes.value.get(group)!);
    const name = nameInGroups(model.name, around);
    return [name === model.name ? model : { ...model, name }];
  }

  const shown = computed<readonly NodeCardModel[]>((before = []) =>
    keepUnchanged(before, design.value.graph.nodes.flatMap(shownModel)),
  );
  return {
    design,
    layers: computed(() => models.value.filter(({ form }) => form === 'layer' || form === 'block')),
    cards: computed(() => shown.value.filter(({ id }) => !frameIds.value.has(id))),
    frames: computed(() => shown.value.filter(({ id }) => frameIds.value.has(id))),
    modelOf: (id) => byId.value.get(id),
    partsOf,
    isBlockPart: (card) => isBlockType(design.value.parts.get(card)?.part.type ?? ''),
    togglePart: (card) => {
      const open = new Set(openParts.value);
      if (!open.delete(card)) open.add(card);
      openParts.value = open;
    },
  };
}
