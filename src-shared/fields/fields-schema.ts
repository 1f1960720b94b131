import { z } from 'zod';
import { fits, limitsText } from './check-value';
import type { FieldSet, ValuesOf } from './field';

/** A schema for the complete, checked values of a set of fields; unknown keys are refused. */
export function fieldsSchema<F extends FieldSet>(fields: F): z.ZodType<ValuesOf<F>> {
  const shape = Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [
      key,
      z.custom((value) => fits(field, value), { error: `${field.label} takes ${limitsText(field)}` }),
    ]),
  );
  return z.strictObject(shape) as unknown as z.ZodType<ValuesOf<F>>;
}
