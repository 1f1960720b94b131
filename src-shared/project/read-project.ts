import { DOCUMENT_VERSION } from '../graph/document';
import { failed, ok, type Problem, type Result } from '../problem';
import { asRecord, placeText, strictJson } from '../strict-json';
import { checkSettings } from '../training/settings';
import { PROJECT_VERSION, type Project } from './project';
import { projectSchema } from './project-schema';

const WAY_OUT = 'Take a copy from before the change, or open a template and start again from it.';

/** A key that would change what an object is made of when it is copied. */
const REFUSED_KEYS = ['__proto__'];

/** The longest reason that is told; a hostile file can have a key of megabytes. */
const LONGEST_REASON = 300;

function cut(why: string): string {
  return why.length <= LONGEST_REASON ? why : `${why.slice(0, LONGEST_REASON)}…`;
}

function notAProject(path: string, why: string): Problem {
  return {
    code: 'project-invalid',
    message: `${path} is not a project that can be opened: ${cut(why)}.`,
    fix: WAY_OUT,
    path,
  };
}

/**
 * Reads a project file. `path` is only for messages.
 *
 * Training settings may leave out fields (they take their defaults), so that people can write projects by hand; unknown keys,
 * broken JSON, files of a newer studio and anything else that does not fit is a problem that names the place.
 */
export function readProject(text: string, path: string): Result<Project> {
  const json = strictJson(text, REFUSED_KEYS);
  if ('fault' in json) return failed(notAProject(path, `${json.place || 'the file'} ${json.fault}`));
  const record = asRecord(json.value);
  if (record === null) return failed(notAProject(path, 'it holds no JSON object'));
  const newer =
    newerVersion('project', record.version, PROJECT_VERSION) ??
    newerVersion('design', asRecord(record.document)?.version, DOCUMENT_VERSION);
  if (newer) {
    const message = `${path} was written by a newer MCN Studio (${newer}).`;
    return failed({ code: 'project-newer', message, fix: 'Update MCN Studio.', path });
  }
  const training = record.training === undefined ? {} : asRecord(record.training);
  if (training === null) return failed(notAProject(path, 'training: it is no object of settings'));
  const { settings, problems } = checkSettings(training);
  const errors = problems.filter((problem) => problem.severity !== 'warning');
  if (errors.length > 0) return failed(...errors.map((problem) => ({ ...problem, path })));
  const parsed = projectSchema.safeParse({ ...record, training: settings });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return failed(notAProject(path, `${placeText(issue.path) || 'the file'}: ${issue.message}`));
  }
  return ok(parsed.data);
}

/** "project version 2; this one reads 1" when that is so. */
function newerVersion(what: string, found: unknown, known: number): string | null {
  return typeof found === 'number' && found > known
    ? `${what} version ${found}; this one reads ${known}`
    : null;
}
