import { dequal } from 'dequal/lite';
import { nodeKind, type NodeKind } from '@shared/blocks/node-kinds';
import { checkValues } from '@shared/fields/check-value';
import type { FieldSet, ValuesOf } from '@shared/fields/field';
import type { GraphDocument, GraphNode } from '@shared/graph/document';
import type { Family } from '@shared/graph/family';
import { layersOf } from '@shared/graph/groups';
import { inheritedPlanes, isError, type Lowered } from '@shared/network/lower';
import type { NetworkNode } from '@shared/network/network';
import type { NodeCost, Profile } from '@shared/network/profile';
import { hasPlanes, type Role } from '@shared/ops/definition';
import { opDefinition } from '@shared/ops/index';
import type { Shape } from '@shared/ops/shape';
import type { Problem, Severity } from '@shared/problem';
import type { TwinMark } from './twin-mark';

/** What a card stands for: a layer, a block that can be opened, a group, or a read-only part of an open block. */
export type CardForm = 'layer' | 'block' | 'group' | 'part';

/** What a card shows of a node; a pure view of the design. */
export interface NodeCardModel {
  id: string;
  type: string;
  form: CardForm;
  name: string;
  /** Name of its type, or the type itself when this version does not know it. */
  typeLabel: string;
  role: Role;
  /** What it does in the paper's words, with K resolved: "20 maps × 4, 3×3". */
  summary: string;
  /** Output shape, as far as it is known. */
  shape: Shape | null;
  /** null while it is not known what the node becomes, and for nodes that a sound design leaves out. */
  cost: NodeCost | null;
  /** The layer with the problem that keeps its shape and cost from being known; null where they are known, or where it has the problem. */
  waitsFor: { id: string; name: string } | null;
  problems: readonly Problem[];
  /** The gravest of its problems. */
  mark: Severity | null;
  /** Its share of the whole file when that is half of it or more; otherwise, and while there is no whole, null. */
  largeShare: number | null;
  /** What it was in the twin that the design was switched from; null: the same, or nothing was switched. */
  twin: TwinMark | null;
}

const LARGE_SHARE = 0.5;

/** What all cards of a design derive from. */
export interface CardContext {
  document: GraphDocument;
  family: Family;
  lowered: Lowered;
  /** Of the layers that it was lowered to. */
  costs: Profile;
  /** Problems, warnings and hints together. */
  problems: readonly Problem[];
}

/** Values of a node with defaults, K resolved. Values that do not fit are replaced by their defaults; lower() reports them. */
export function shownValues(kind: NodeKind, node: GraphNode, planes: number): ValuesOf<FieldSet> {
  const values = { ...checkValues(kind.fields, node.fields).values };
  if (hasPlanes(values) && values.planes === null) Object.assign(values, { planes });
  return values;
}

/** Role and words of a node in its family: what a primitive was lowered to, or the block, whose filters are binary in MCN alone. */
function appearance(
  kind: NodeKind,
  node: GraphNode,
  lowered: NetworkNode | undefined,
  planes: number,
  family: Family,
): { role: Role; summary: string } {
  if (lowered && !kind.isBlock) {
    const op = opDefinition(lowered.type);
    return { role: op.role(lowered.values), summary: op.summary(lowered.values) };
  }
  const values = shownValues(kind, node, planes);
  const role = kind.role(values);
  return {
    role: role === 'binary' && family !== 'mcn' ? 'float' : role,
    summary: kind.summary(values, family),
  };
}

/** The gravest severity among problems; null when there are none. */
export function gravest(problems: readonly Problem[]): Severity | null {
  if (problems.length === 0) return null;
  if (problems.some(isError)) return 'error';
  return problems.some((problem) => problem.severity === 'warning') ? 'warning' : 'hint';
}

function problemsByNode(problems: readonly Problem[]): Map<string, Problem[]> {
  const byNode = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.node === undefined) continue;
    byNode.set(problem.node, [...(byNode.get(problem.node) ?? []), problem]);
  }
  return byNode;
}

/** The share of the whole file when it is half of it or more; otherwise, and while the design has errors, null. */
export function largeShareOf(cost: NodeCost | null, { lowered, costs }: CardContext): number | null {
  const total = lowered.network ? costs.total.storedBytes : 0;
  return cost && total > 0 && cost.storedBytes >= LARGE_SHARE * total ? cost.storedBytes / total : null;
}

/** The cards of all layers and blocks of a design, in the order of its nodes. Of nodes with the same id only the first has one. */
export function nodeCards(context: CardContext): NodeCardModel[] {
  const { document, family, lowered, costs, problems } = context;
  const planes = inheritedPlanes(document);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const primitives = new Map(lowered.layers.map((node) => [node.origin, node]));
  const byNode = problemsByNode(problems);
  const cards = new Map<string, NodeCardModel>();
  for (const node of layersOf(document)) {
    if (cards.has(node.id)) continue;
    const kind = nodeKind(node.type);
    const own = byNode.get(node.id) ?? [];
    const obstacle = nodes.get(lowered.waiting.get(node.id) ?? '');
    // Where a copy that a group makes waits, what is known of the copies before it is not all.
    const cost = obstacle ? null : (costs.byOrigin.get(node.id) ?? null);
    const look = kind
      ? appearance(kind, node, primitives.get(node.id), planes, family)
      : { role: 'io' as const, summary: 'Unknown layer type' };
    cards.set(node.id, {
      id: node.id,
      type: node.type,
      form: kind?.isBlock ? 'block' : 'layer',
      name: node.name,
      typeLabel: kind?.label ?? node.type,
      ...look,
      shape: lowered.shapes.get(node.id) ?? null,
      cost,
      waitsFor: obstacle ? { id: obstacle.id, name: obstacle.name } : null,
      problems: own,
      mark: gravest(own),
      largeShare: largeShareOf(cost, context),
      twin: null,
    });
  }
  return [...cards.values()];
}

/** The new cards, with the old ones in the place of those that say the same, so that only cards that changed are drawn anew. */
export function keepUnchanged(
  before: readonly NodeCardModel[],
  after: readonly NodeCardModel[],
): NodeCardModel[] {
  const known = new Map(before.map((card) => [card.id, card]));
  return after.map((card) => {
    const old = known.get(card.id);
    return old && dequal(old, card) ? old : card;
  });
}
