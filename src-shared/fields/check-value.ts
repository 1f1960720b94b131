import type { Problem } from '../problem';
import type { Field, FieldSet, FieldValue, NumberField, ValuesOf } from './field';

/** The limits of a field in words: "a whole number from 1 to 8, or empty (inherited)". */
export function limitsText(field: Field): string {
  switch (field.kind) {
    case 'number': {
      const kind = field.integer ? (field.odd ? 'an odd whole number' : 'a whole number') : 'a number';
      const empty = field.nullLabel ? `, or empty (${field.nullLabel})` : '';
      return `${kind} from ${field.min} to ${field.max}${empty}`;
    }
    case 'choice':
      return `one of ${field.options.map((option) => option.value).join(', ')}`;
    case 'boolean':
      return 'true or false';
    case 'text':
      return `text of at most ${field.maxLength} characters`;
    case 'integers':
      return `at most ${field.maxLength} ascending whole numbers from 1 to ${field.max}`;
  }
}

function fitsNumber(field: NumberField<number | null>, value: unknown): boolean {
  if (value === null) return field.nullLabel !== undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (field.integer && !Number.isInteger(value)) return false;
  if (field.odd && value % 2 !== 1) return false;
  return value >= field.min && value <= field.max;
}

function fitsIntegers(value: unknown, max: number, maxLength: number): boolean {
  if (!Array.isArray(value) || value.length > maxLength) return false;
  const list: unknown[] = value;
  return list.every((item, index) => {
    const before = index === 0 ? 0 : list[index - 1];
    return Number.isInteger(item) && (item as number) > (before as number) && (item as number) <= max;
  });
}

/** Whether a value lies within the limits of its field. */
export function fits(field: Field, value: unknown): value is FieldValue {
  switch (field.kind) {
    case 'number':
      return fitsNumber(field, value);
    case 'choice':
      return field.options.some((option) => option.value === value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value.length <= field.maxLength;
    case 'integers':
      return fitsIntegers(value, field.max, field.maxLength);
  }
}

/** The longest value that is repeated to the person who gave it. */
const LONGEST_SHOWN = 80;

function cut(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}

/** A value as JSON, or the name of what is too deep, too long or none. */
function shown(value: unknown): string {
  if (Array.isArray(value)) {
    const plain = value.every((item) => typeof item !== 'object' || item === null);
    return plain ? cut(JSON.stringify(value)) : 'a list of lists or objects';
  }
  if (typeof value === 'object' && value !== null) return 'an object';
  return cut((JSON.stringify(value) as string | undefined) ?? typeof value);
}

/** The problem with a value, or null when it fits. `key` is the field's name in the set. */
export function checkValue(key: string, field: Field, value: unknown): Problem | null {
  if (fits(field, value)) return null;
  return {
    code: 'field-value',
    message: `${field.label} (${key}) cannot be ${shown(value)}.`,
    fix: `It takes ${limitsText(field)}.`,
    field: key,
  };
}

/** The default of every field. */
export function defaultsOf<F extends FieldSet>(fields: F): ValuesOf<F> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, field.default]),
  ) as ValuesOf<F>;
}

/**
 * Completes a record of values with defaults and checks every one.
 * Unknown keys are problems too: a misspelt setting must not pass unnoticed.
 */
export function checkValues<F extends FieldSet>(
  fields: F,
  given: Readonly<Record<string, unknown>>,
): { values: ValuesOf<F>; problems: Problem[] } {
  const values: Record<string, unknown> = defaultsOf(fields);
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const problem = field
      ? checkValue(key, field, value)
      : {
          code: 'field-unknown',
          message: `There is no field "${cut(key)}".`,
          fix: `Known fields: ${Object.keys(fields).join(', ') || 'none'}.`,
          field: key,
        };
    if (problem) problems.push(problem);
    else values[key] = value;
  }
  return { values: values as ValuesOf<F>, problems };
}
