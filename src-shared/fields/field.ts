/** What every field says about itself; forms, schemas, command-line options and tables derive from it. */
interface FieldBase<T> {
  /** Plain words, sentence case. */
  label: string;
  /** The paper's symbol, if it has one. */
  symbol?: string;
  /** SI or plain unit shown behind the value. */
  unit?: string;
  /** One or two sentences for a person who meets this for the first time. */
  help: string;
  /** Section of a form. */
  group?: string;
  default: T;
}

/** A number within limits. With `nullLabel` the value null is allowed and means what the label says. */
export interface NumberField<T extends number | null = number> extends FieldBase<T> {
  kind: 'number';
  integer: boolean;
  min: number;
  max: number;
  /** Only odd values (kernel sizes, so that SAME padding has a middle). */
  odd?: boolean;
  nullLabel?: string;
}

/** One of a closed list of values. */
export interface ChoiceField<V extends string = string> extends FieldBase<V> {
  kind: 'choice';
  options: readonly { value: V; label: string }[];
}

/** Yes or no. */
export interface BooleanField extends FieldBase<boolean> {
  kind: 'boolean';
}

/** Free text of one line. */
export interface TextField extends FieldBase<string> {
  kind: 'text';
  maxLength: number;
}

/** An ascending list of positive whole numbers, such as the epochs of a schedule. */
export interface IntegerListField extends FieldBase<readonly number[]> {
  kind: 'integers';
  max: number;
  maxLength: number;
}

export type Field =
  NumberField | NumberField<number | null> | ChoiceField | BooleanField | TextField | IntegerListField;

/** Every value that a field can hold; all are JSON. */
export type FieldValue = number | string | boolean | null | readonly number[];

/** Fields by key; the key is the name in files and on the command line. */
export type FieldSet = Readonly<Record<string, Field>>;

/** The record of values that a set of fields describes. */
export type ValuesOf<F extends FieldSet> = { -readonly [K in keyof F]: F[K]['default'] };

type Words = Omit<FieldBase<never>, 'default'>;

/** A whole number. */
export function integer(
  spec: Words & { min: number; max: number; default: number; odd?: boolean },
): NumberField {
  return { ...spec, kind: 'number', integer: true };
}

/** A whole number or null, which means what `nullLabel` says (inherited, automatic). */
export function optionalInteger(
  spec: Words & { min: number; max: number; nullLabel: string },
): NumberField<number | null> {
  return { ...spec, kind: 'number', integer: true, default: null };
}

/** A real number. */
export function real(spec: Words & { min: number; max: number; default: number }): NumberField {
  return { ...spec, kind: 'number', integer: false };
}

/** A real number or null, which means what `nullLabel` says. */
export function optionalReal(
  spec: Words & { min: number; max: number; nullLabel: string },
): NumberField<number | null> {
  return { ...spec, kind: 'number', integer: false, default: null };
}

/** One of `options`. */
export function choice<const V extends string>(
  spec: Words & { options: readonly { value: V; label: string }[]; default: NoInfer<V> },
): ChoiceField<V> {
  return { ...spec, kind: 'choice' };
}

/** A switch. */
export function toggle(spec: Words & { default: boolean }): BooleanField {
  return { ...spec, kind: 'boolean' };
}

/** A line of text. */
export function text(spec: Words & { default: string; maxLength: number }): TextField {
  return { ...spec, kind: 'text' };
}

/** A list of whole numbers. */
export function integers(
  spec: Words & { default: readonly number[]; max: number; maxLength: number },
): IntegerListField {
  return { ...spec, kind: 'integers' };
}
