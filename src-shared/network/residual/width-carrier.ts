import { nodeKind } from '../../blocks/node-kinds';
import { checkValue, fits } from '../../fields/check-value';
import type { FieldValue } from '../../fields/field';
import type { GraphNode } from '../../graph/document';
import { failed, ok, type Problem, type Result } from '../../problem';

/** A node that carries its width in a field of its own. */
export interface WidthCarrier {
  node: GraphNode;
  /** In feature maps of `unit` channels each, or in channels. */
  field: 'maps' | 'channels';
  channels: number;
  /** Its channels stay a multiple of this. */
  unit: number;
}

function lcm(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Whether it is made of bottlenecks, whose inner width is a quarter. */
function isBottleneck({ type, fields }: GraphNode): boolean {
  return type === 'wrn-bottleneck' || (type === 'stage' && fields.block === 'wrn-bottleneck');
}

/** What a node says about its width; null when it has none of its own. `inherited` is the K of Input. */
export function widthCarrier(node: GraphNode, inherited: number): WidthCarrier | null {
  const fields = nodeKind(node.type)?.fields ?? {};
  const field = (['maps', 'channels'] as const).find((key) => Object.hasOwn(fields, key));
  if (!field) return null;
  const value = Number(node.fields[field] ?? fields[field]!.default);
  const planes = Number(node.fields.planes ?? inherited);
  const channels = field === 'maps' ? value * planes : value;
  const own = field === 'maps' ? planes : channels % inherited === 0 ? inherited : 1;
  return { node, field, channels, unit: isBottleneck(node) ? lcm(own, 4) : own };
}

/** How many maps of K channels a width must be a multiple of, so that all carriers of exactly this width can follow. */
export function widthStep(carriers: readonly WidthCarrier[], channels: number, planes: number): number {
  return carriers
    .filter((carrier) => carrier.channels === channels)
    .reduce((step, { unit }) => lcm(step, lcm(unit, planes) / planes), 1);
}

/**
 * The field value with which a carrier follows a width of `from` channels that becomes `to`: the same number where it has that width, and
 * otherwise in proportion, to the nearest that its unit allows.
 */
export function followedWidth(
  { node, field, channels, unit }: WidthCarrier,
  from: number,
  to: number,
): Result<FieldValue> {
  const wanted = channels === from ? to : Math.max(1, Math.round((channels * to) / from / unit)) * unit;
  const definition = nodeKind(node.type)!.fields[field]!;
  const planes = field === 'maps' ? channels / Number(node.fields.maps ?? definition.default) : 1;
  const value = wanted / planes;
  if (fits(definition, value)) return ok(value);
  const problem: Problem = { ...checkValue(field, definition, value)!, node: node.id };
  return failed({ ...problem, message: `${node.name}: ${problem.message}` });
}
