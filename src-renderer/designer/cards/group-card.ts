import type { GraphNode } from '@shared/graph/document';
import { crossings, GROUP_TYPE, groupTree, isGroup } from '@shared/graph/groups';
import { repeatsOf } from '@shared/network/group-problems';
import { addCosts, type NodeCost } from '@shared/network/profile';
import type { Role } from '@shared/ops/definition';
import { nodeKind } from '@shared/blocks/node-kinds';
import { counted } from '@shared/words/format-count';
import { gravest, largeShareOf, type CardContext, type NodeCardModel } from './node-card';

/** What gives a group its colour, the most telling first. */
const ROLES: readonly Role[] = ['binary', 'float', 'merge', 'shape', 'io'];

/** What the layers of a group cost together; null while one of them still waits. */
function sumOf(cards: readonly NodeCardModel[]): NodeCost | null {
  if (cards.some(({ waitsFor }) => waitsFor !== null)) return null;
  const costs = cards.flatMap(({ cost }) => cost ?? []);
  return costs.length > 0 ? costs.reduce(addCosts) : null;
}

/** "6 layers × 3". */
function summaryOf(group: GraphNode, layers: number): string {
  const repeats = repeatsOf(group);
  return repeats > 1 ? `${counted(layers, 'layer')} × ${repeats}` : counted(layers, 'layer');
}

/** A card for each group of a design, that sums up what is inside it. `layers` are the cards of all layers. */
export function groupCards(context: CardContext, layers: readonly NodeCardModel[]): NodeCardModel[] {
  const { document, problems } = context;
  const tree = groupTree(document);
  return document.nodes.filter(isGroup).map((group): NodeCardModel => {
    const inside = new Set(tree.inside(group.id).map(({ id }) => id));
    const cards = layers.filter(({ id }) => inside.has(id));
    const { exits } = crossings(document, inside);
    const exit = exits.length === 1 ? cards.find(({ id }) => id === exits[0]) : undefined;
    const own = problems.filter(({ node }) => node !== undefined && (node === group.id || inside.has(node)));
    const cost = sumOf(cards);
    return {
      id: group.id,
      type: GROUP_TYPE,
      form: 'group',
      name: group.name,
      typeLabel: nodeKind(GROUP_TYPE)!.label,
      role: ROLES.find((role) => cards.some((card) => card.role === role)) ?? 'shape',
      summary: summaryOf(group, cards.length),
      shape: exit?.shape ?? null,
      cost,
      waitsFor: cards.find(({ waitsFor }) => waitsFor !== null)?.waitsFor ?? null,
      problems: own,
      mark: gravest(own),
      largeShare: largeShareOf(cost, context),
      twin: null,
    };
  });
}
