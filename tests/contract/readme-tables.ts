import { COMMON_OPTIONS } from '@main/shell/cli/command';
import { commands } from '@main/shell/cli/commands';
import { valueText } from '@shared/fields/parse-text';
import type { Field } from '@shared/fields/field';
import { trainingFields } from '@shared/training/settings';

/** A table as the README shows it: a row of cells, the head first. */
export type Table = readonly (readonly string[])[];

function optionCell([name, { value }]: [string, { value?: string }]): string {
  return `\`--${name}${value === undefined ? '' : ` ${value}`}\``;
}

/** The options of every command, once each command's own and once those that all have. */
export function optionTable(): Table {
  const own = commands.flatMap((command) =>
    Object.entries(command.options).map((option, index) => [
      index === 0 ? `\`${command.name}\`` : '',
      optionCell(option),
      option[1].help,
    ]),
  );
  const common = Object.entries(COMMON_OPTIONS).map((option, index) => [
    index === 0 ? 'all' : '',
    optionCell(option),
    option[1].help,
  ]);
  return [['Command', 'Option', 'What it does'], ...own, ...common];
}

/** The commands with what they take. */
export function commandTable(): Table {
  return [
    ['Command', 'What it does'],
    ...commands.map(({ name, arguments: words, help }) => [`\`${[name, ...words].join(' ')}\``, help]),
  ];
}

/** What a setting accepts, in the form in which it is typed. */
function valuesCell(field: Field): string {
  switch (field.kind) {
    case 'number':
      return `${field.min} to ${field.max}${field.nullLabel === undefined ? '' : ` or ${field.nullLabel}`}`;
    case 'choice':
      return field.options.map((option) => `\`${option.value}\``).join(', ');
    case 'boolean':
      return '`true`, `false`';
    case 'text':
      return `up to ${field.maxLength} characters`;
    case 'integers':
      return `up to ${field.maxLength} numbers, ascending, to ${field.max}`;
  }
}

function defaultCell(field: Field): string {
  if (field.kind === 'number' && field.default === null) return field.nullLabel ?? '';
  return `\`${valueText(field, field.default)}\``;
}

/** All settings of training, as `--set KEY=VALUE` takes them. */
export function settingsTable(): Table {
  return [
    ['Key', 'Default', 'Values', 'Meaning'],
    ...Object.entries<Field>(trainingFields).map(([key, field]) => {
      const symbol = field.symbol === undefined ? '' : ` (${field.symbol})`;
      const unit = field.unit === undefined ? '' : `, in ${field.unit}`;
      return [
        `\`${key}\``,
        defaultCell(field),
        valuesCell(field),
        `${field.label}${symbol}${unit}. ${field.help}`,
      ];
    }),
  ];
}

/** A cell's text inside a table of Markdown. */
function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}

/** A table in Markdown, not aligned; the formatter does that. */
export function markdown(table: Table): string {
  const [head, ...rows] = table.map((row) => `| ${row.map(escaped).join(' | ')} |`);
  return [head!, `|${' --- |'.repeat(table[0]!.length)}`, ...rows].join('\n');
}
