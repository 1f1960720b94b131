import type { FieldSet, FieldValue, ValuesOf } from '../fields/field';
import type { Family } from '../graph/family';
import type { Role } from '../ops/definition';
import type { Shape } from '../ops/shape';
import type { Problem } from '../problem';

/** The input of the block, as seen by its parts. */
export const BLOCK_INPUT = 'in';

/** One node inside a block: a primitive or another block. `inputs` are ids of parts before it, or BLOCK_INPUT. */
export interface BlockPart {
  id: string;
  type: string;
  /** Name for people, behind the block's own. */
  name: string;
  fields: Readonly<Record<string, FieldValue>>;
  inputs: readonly string[];
}

/** What an expansion may depend on. */
export interface BlockContext {
  input: Shape;
  family: Family;
}

/** A macro over primitives. Values are complete and checked, K is resolved; the last part is the block's output. */
export interface BlockDefinition<Type extends string = string, F extends FieldSet = FieldSet> {
  type: Type;
  label: string;
  help: string;
  fields: F;
  role(values: ValuesOf<F>): Role;
  /** One line about the values, as a twin of the design has them. */
  summary(values: ValuesOf<F>, family: Family): string;
  expand(values: ValuesOf<F>, context: BlockContext): BlockPart[] | Problem;
}

/** Keeps the literal type and the field types of a definition. */
export function defineBlock<const Type extends string, F extends FieldSet>(
  definition: BlockDefinition<Type, F>,
): BlockDefinition<Type, F> {
  return definition;
}

/** A part with one input. */
export function part(
  id: string,
  type: string,
  name: string,
  input: string,
  fields: BlockPart['fields'] = {},
): BlockPart {
  return { id, type, name, fields, inputs: [input] };
}
