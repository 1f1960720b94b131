import type { GraphDocument } from '../graph/document';
import { trainingFields, type SettingKey, type TrainingSettings } from '../training/settings';
import type { Project } from './project';

/** The order of keys inside of nodes and edges; what is not named here follows, sorted. */
const KEY_ORDER = ['id', 'type', 'name', 'from', 'to', 'port', 'fields', 'position', 'x', 'y'];

function rank(key: string): number {
  const at = KEY_ORDER.indexOf(key);
  return at < 0 ? KEY_ORDER.length : at;
}

/** A value whose objects have their keys in one order, however they were made. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : Number(a > b)));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}

/** A part of the document: lists have one line for each item. */
function part(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(ordered(value));
  const lines = value.map((item) => `      ${JSON.stringify(ordered(item))}`);
  return lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n    ]`;
}

function documentText({ version, nodes, edges, ...others }: GraphDocument): string {
  const rest = Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = [['version', version], ['nodes', nodes], ['edges', edges], ...rest] as [string, unknown][];
  return `{\n${entries.map(([key, value]) => `    ${JSON.stringify(key)}: ${part(value)}`).join(',\n')}\n  }`;
}

/** A line for each setting, in the order of their definitions. */
function settingsText(settings: TrainingSettings): string {
  const keys = Object.keys(trainingFields) as SettingKey[];
  return `{\n${keys.map((key) => `    "${key}": ${JSON.stringify(settings[key])}`).join(',\n')}\n  }`;
}

/**
 * The project as readable JSON that differs only where the project does: two spaces, keys in one order, one line per node, per edge and
 * per setting, a newline at the end. Reading the text and writing it again gives the same bytes.
 */
export function projectText(project: Project): string {
  const { version, id, name, family, dataset, document, training } = project;
  const head = Object.entries({ version, id, name, family, dataset });
  const entries = [
    ...head.map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`),
    `  "document": ${documentText(document)}`,
    `  "training": ${settingsText(training)}`,
  ];
  return `{\n${entries.join(',\n')}\n}\n`;
}
