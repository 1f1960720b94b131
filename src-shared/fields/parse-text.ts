import { failed, ok, type Result } from '../problem';
import { checkValue } from './check-value';
import type { Field, FieldValue } from './field';

function readText(field: Field, text: string): unknown {
  const trimmed = text.trim();
  switch (field.kind) {
    case 'number':
      if (trimmed === '' || trimmed === 'null' || trimmed === field.nullLabel) return null;
      return Number(trimmed);
    case 'boolean':
      return trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed;
    case 'integers':
      return trimmed === '' ? [] : trimmed.split(',').map((part) => Number(part.trim()));
    case 'choice':
      return trimmed;
    case 'text':
      return text;
  }
}

/** Reads what a person typed (a form, `--set KEY=VALUE`) as a field's value; a value out of limits is a problem. */
export function parseText(key: string, field: Field, text: string): Result<FieldValue> {
  const value = readText(field, text);
  const problem = checkValue(key, field, Number.isNaN(value) ? text : value);
  return problem ? failed(problem) : ok(value as FieldValue);
}

/** The text a form shows for a value; {@link parseText} reads it back. */
export function valueText(field: Field, value: FieldValue): string {
  if (value === null) return '';
  if (field.kind === 'integers') return (value as readonly number[]).join(', ');
  return String(value);
}
