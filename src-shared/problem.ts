/** How much a problem matters: an error stops what was asked for, a warning does not, a hint is advice. */
export type Severity = 'error' | 'warning' | 'hint';

/**
 * An expected failure, told so that a person can act on it.
 *
 * `code` is stable and machine-readable (kebab-case); `message` names the offending thing; `fix` is the way out.
 * `path` is a file or a place inside a document; `node`, `port` and `field` point into a graph.
 */
export interface Problem {
  code: string;
  message: string;
  fix?: string;
  path?: string;
  node?: string;
  port?: string;
  field?: string;
  severity?: Severity;
}

/** A value, or the reasons why there is none. */
export type Result<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

/** Wraps a value as a successful {@link Result}. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps problems as a failed {@link Result}. */
export function failed<T>(...problems: Problem[]): Result<T> {
  return { ok: false, problems };
}

/** The problem as one sentence for a person, the way out included. */
export function problemText(problem: Problem): string {
  const place = problem.path && !problem.message.includes(problem.path) ? `${problem.path}: ` : '';
  return `${place}${problem.message}${problem.fix ? ` ${problem.fix}` : ''}`;
}

/** An expected failure on its way up through functions that have nothing to add to it. */
export class StudioError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problemText(problem), options);
    this.name = 'StudioError';
    this.problem = problem;
  }
}
