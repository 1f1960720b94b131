import type { FieldSet, ValuesOf } from '../fields/field';
import type { Problem } from '../problem';
import type { Shape } from './shape';

/** What a node is for; decides its colour and its place in the palette (look: "Colour means something"). */
export type Category = 'convolution' | 'block' | 'normalisation' | 'shape' | 'merge' | 'head' | 'io';

/** The colour a node wears: binary filters, float weights, pooling and normalisation, merges, input and output. */
export type Role = 'binary' | 'float' | 'shape' | 'merge' | 'io';

/** An input port. `many` takes two or more edges, every other port exactly one. */
export interface Port {
  name: string;
  many?: boolean;
}

/** How a weight tensor is drawn at the start (mcn.md, section 5). */
export type Initializer =
  | { kind: 'he-normal'; fanIn: number }
  | { kind: 'm-filter' }
  | { kind: 'uniform'; bound: number }
  | { kind: 'constant'; value: number };

/**
 * One tensor that a node owns.
 * `filter`: C of a MCconv, in engine layout [y, x, map * K + plane, output map]; `modulation`: M, [K, y, x];
 * `kernel`: convolution [y, x, in, out] or dense [in, out]; `bias`; `scale`, `shift`: batch norm's gamma and beta;
 * `statistic`: running mean and variance, not trained.
 */
export interface WeightSpec {
  name: string;
  role: 'filter' | 'modulation' | 'kernel' | 'bias' | 'scale' | 'shift' | 'statistic';
  shape: readonly number[];
  trainable: boolean;
  /** Whether L2 weight decay applies: convolution and dense kernels and C only. */
  decay: boolean;
  initializer: Initializer;
}

/** Multiply-adds of one sample. `dense` is what a convolution with reconstructed filters Q would spend. */
export interface MultiplyAdds {
  actual: number;
  dense: number;
}

/** Result of shape inference: a shape, or why there is none. */
export type Inferred = Shape | Problem;

/**
 * A primitive: the only kind of node a Network has. All arithmetic on shapes, weights and cost of a layer lives here and nowhere else.
 * Functions receive complete, checked field values with K resolved.
 */
export interface OpDefinition<Type extends string = string, F extends FieldSet = FieldSet> {
  type: Type;
  label: string;
  category: Category;
  /** One sentence for the palette. */
  help: string;
  fields: F;
  inputs: readonly Port[];
  role(values: ValuesOf<F>): Role;
  /** What it does in the paper's words, for the card: "20 maps × 4, 3×3". */
  summary(values: ValuesOf<F>): string;
  /** Output shape for input shapes in port order. */
  infer(inputs: readonly Shape[], values: ValuesOf<F>): Inferred;
  weights(input: Shape, output: Shape, values: ValuesOf<F>): WeightSpec[];
  multiplyAdds(input: Shape, output: Shape, values: ValuesOf<F>): MultiplyAdds;
}

/** Keeps the literal type and the field types of a definition. */
export function defineOp<const Type extends string, F extends FieldSet>(
  definition: OpDefinition<Type, F>,
): OpDefinition<Type, F> {
  return definition;
}

/** Whether shape inference failed. */
export function isProblem(inferred: Inferred): inferred is Problem {
  return !Array.isArray(inferred);
}

/** For layers without weights. */
export function noWeights(): WeightSpec[] {
  return [];
}

/** For layers whose cost is not multiply-adds (the field counts those of convolutions and dense layers). */
export function noMultiplyAdds(): MultiplyAdds {
  return { actual: 0, dense: 0 };
}

/** Planes of a node: its own K, or null while it is inherited from Input (lower() resolves it). */
export interface WithPlanes {
  planes: number | null;
}

/** K of resolved values; lower() guarantees a number. */
export function resolvedPlanes(values: WithPlanes): number {
  if (values.planes === null) throw new Error('K was not resolved before shape inference');
  return values.planes;
}

/** Whether a node type can hold an inherited K. */
export function hasPlanes(values: object): values is WithPlanes {
  return 'planes' in values;
}
