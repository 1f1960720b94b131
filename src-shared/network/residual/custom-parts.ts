import { nodeKind, nodeKinds } from '../../blocks/node-kinds';
import type { FieldValue } from '../../fields/field';
import { sameValue } from '../../fields/same-value';
import type { GraphNode } from '../../graph/document';
import { isConvolution } from './path-items';
import type { ResidualFamily, ResidualStage } from './residual-family';
import type { ResidualUnit } from './residual-unit';

/** Something in a stage that its width and number of blocks alone would not bring back. */
export interface CustomPart {
  /** Id of a node to show. */
  node: string;
  name: string;
  /** What is special about it, in words: "4 centers", "Dropout 1"; empty: it is a layer of its own. */
  what: readonly string[];
}

/** Fields that follow from the stage. */
const STAGE_FIELDS: readonly string[] = ['maps', 'channels', 'stride', 'blocks', 'block', 'repeat'];

function fieldWords(key: string, label: string, value: FieldValue): string {
  if (key === 'centers') return `${Number(value)} centers`;
  if (key === 'binary') return value === true ? 'binary filters' : 'float filters';
  if (key === 'planes') return value === null ? 'K of Input' : `K = ${Number(value)}`;
  if (key === 'kernel') return `${Number(value)}×${Number(value)} kernel`;
  return `${label.toLowerCase()} ${String(value)}`;
}

function valueOf(node: GraphNode, key: string): FieldValue | undefined {
  return node.fields[key] ?? nodeKind(node.type)?.fields[key]?.default;
}

/** Fields of a node with values that not all its like in the stage have. */
function ownFields(node: GraphNode, alike: readonly GraphNode[]): string[] {
  const kind = nodeKind(node.type);
  return Object.entries(node.fields).flatMap(([key, value]) => {
    const field = kind?.fields[key];
    if (!field || STAGE_FIELDS.includes(key) || sameValue(value, field.default)) return [];
    const shared = alike.every((other) => {
      const own = valueOf(other, key);
      return own !== undefined && sameValue(own, value);
    });
    return shared && alike.length > 1 ? [] : [fieldWords(key, field.label, value)];
  });
}

/** A name without the number behind it. */
function stem(name: string): string {
  return name.replace(/[ -]?\d+$/, '');
}

/** What the studio itself calls parts of a block, and groups; beside the layer types and blocks. */
const GIVEN_NAMES: ReadonlySet<string> = new Set([
  ...nodeKinds.map(({ label }) => label),
  ...['block', 'Block', 'Stage', 'Group', 'Shortcut', 'Shortcut pool', 'Shortcut maps'],
]);

/** Whether a person gave the name, and to this node alone: others of the stage are not called the same with another number. */
function namedByHand(node: GraphNode, siblings: readonly GraphNode[]): boolean {
  const own = stem(node.name);
  if (GIVEN_NAMES.has(own.split(' / ').at(-1)!)) return false;
  return !siblings.some((other) => other.id !== node.id && stem(other.name) === own);
}

/** Layers of a residual block by type, as many as Fig. 4 has at most for so many convolutions. */
function expected(layers: readonly GraphNode[]): ReadonlyMap<string, number> {
  const convolutions = layers.filter((node) => isConvolution(node) && !isShortcut(node, layers)).length;
  return new Map([
    ['batchnorm', convolutions],
    ['relu', convolutions],
    ['mcconv', 3],
    ['conv', 4],
    ['add', 1],
    ['avgpool', 1],
    ['padmaps', 1],
  ]);
}

/** A 1×1 convolution beside two that are larger is a shortcut. */
function isShortcut(node: GraphNode, layers: readonly GraphNode[]): boolean {
  return (
    node.fields.kernel === 1 &&
    layers.filter((one) => isConvolution(one) && one.fields.kernel !== 1).length > 1
  );
}

/** Layers in a block made of layers that a block of the paper does not have. */
function strangers(layers: readonly GraphNode[]): GraphNode[] {
  const left = new Map(expected(layers));
  return layers.filter(({ type }) => {
    const count = left.get(type) ?? 0;
    left.set(type, count - 1);
    return count <= 0;
  });
}

/** What is special about a unit beside the others of its stage; empty: nothing that another of its kind would not have. */
export function customOf(unit: ResidualUnit, stage: ResidualStage): string[] {
  const siblings = stage.units.flatMap(({ members }) => members);
  const layers = stage.units.flatMap((one) => one.layers);
  const named = unit.members.filter((node) => namedByHand(node, siblings));
  const fields = unit.layers.flatMap((node) => {
    const alike = layers.filter((one) => one.type === node.type);
    const words = ownFields(node, alike);
    return unit.node === node ? words : words.map((word) => `${node.name} with ${word}`);
  });
  const own = [...unit.extras, ...strangersOf(unit), ...named.filter((node) => node !== unit.owner)];
  const names = [...new Set(own.map(({ name }) => name))];
  return [...names, ...fields, ...(named.some((node) => node === unit.owner) ? ['its name'] : [])];
}

function strangersOf(unit: ResidualUnit): GraphNode[] {
  const drawn = unit.layers.filter(({ type }) => nodeKind(type)?.isBlock === false);
  return unit.kind === 'drawn' ? strangers(drawn) : [];
}

/** What a unit is called. */
export function unitName(unit: ResidualUnit): string {
  const named = unit.owner ?? unit.layers.at(-1)!;
  return unit.owner ? named.name : `the block that ends in ${named.name}`;
}

/** Everything in the stages that a change of width or depth must carry over or speak of. */
export function customParts(family: ResidualFamily): CustomPart[] {
  return family.stages.flatMap((stage) => [
    ...stage.units.flatMap((unit) => {
      const what = customOf(unit, stage);
      const node = (unit.owner ?? unit.layers.at(-1)!).id;
      return what.length > 0 ? [{ node, name: unitName(unit), what }] : [];
    }),
    ...stage.between.map(({ id, name }) => ({ node: id, name, what: [] })),
  ]);
}
