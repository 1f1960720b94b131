import { checkSettings } from '../training/settings';
import { DOCUMENT_VERSION } from '../graph/document';
import { failed, ok, type Problem, type Result } from '../problem';
import { PROJECT_VERSION, type Project } from './project';
import { projectSchema } from './project-schema';

const WAY_OUT = 'Take a copy from before the change, or open a template and start again from it.';

function notAProject(path: string, why: string): Problem {
  return {
    code: 'project-invalid',
    message: `${path} is not a project that can be opened: ${why}.`,
    fix: WAY_OUT,
    path,
  };
}

/** "document.nodes[3].type": where in the file. */
function place(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

/**
 * Reads a project file. `path` is only for messages.
 *
 * Training settings may leave out fields (they take their defaults), so that people can write projects by hand; unknown keys,
 * broken JSON, files of a newer studio and anything else that does not fit is a problem that names the place.
 */
export function readProject(text: string, path: string): Result<Project> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failed(notAProject(path, `the JSON is broken (${(error as Error).message})`));
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return failed(notAProject(path, 'it holds no JSON object'));
  }
  const record = json as Record<string, unknown>;
  const newer =
    newerVersion('project', record.version, PROJECT_VERSION) ??
    newerVersion('design', asRecord(record.document).version, DOCUMENT_VERSION);
  if (newer) {
    const message = `${path} was written by a newer MCN Studio (${newer}).`;
    return failed({ code: 'project-newer', message, fix: 'Update MCN Studio.', path });
  }
  const { settings, problems } = checkSettings(asRecord(record.training));
  const errors = problems.filter((problem) => problem.severity !== 'warning');
  if (errors.length > 0) return failed(...errors.map((problem) => ({ ...problem, path })));
  const parsed = projectSchema.safeParse({ ...record, training: settings });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return failed(notAProject(path, `${place(issue.path) || 'the file'}: ${issue.message}`));
  }
  return ok(parsed.data);
}

/** "project version 2; this one reads 1" when that is so. */
function newerVersion(what: string, found: unknown, known: number): string | null {
  return typeof found === 'number' && found > known
    ? `${what} version ${found}; this one reads ${known}`
    : null;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The project as readable JSON: two spaces, one line per node and per edge, a newline at the end. */
export function projectText(project: Project): string {
  const { nodes, edges, version } = project.document;
  const lines = (items: readonly unknown[]): string =>
    items.length === 0
      ? '[]'
      : `[\n${items.map((item) => `      ${JSON.stringify(item)}`).join(',\n')}\n    ]`;
  const document = `{\n    "version": ${version},\n    "nodes": ${lines(nodes)},\n    "edges": ${lines(edges)}\n  }`;
  const head = { version: project.version, id: project.id, name: project.name, family: project.family };
  const entries = [
    ...Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`),
    `  "dataset": ${JSON.stringify(project.dataset)}`,
    `  "document": ${document}`,
    `  "training": ${JSON.stringify(project.training, null, 2).replaceAll('\n', '\n  ')}`,
  ];
  return `{\n${entries.join(',\n')}\n}\n`;
}
