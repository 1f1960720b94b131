/** Steps with the same merge key within this time are one step of undo. */
export const MERGE_MILLISECONDS = 1000;

/** Steps that are kept. Their states share all that did not change, so that many cost little. */
const MAX_STEPS = 500;

interface Step<T> {
  /** What the step did, for "Undo …". */
  label: string;
  /** The state before it (in `past`) or after it (in `future`). */
  state: T;
}

/** A state with its past and its future. Immutable, as the states are. */
export interface Timeline<T> {
  readonly past: readonly Step<T>[];
  readonly present: T;
  readonly future: readonly Step<T>[];
  /** What the next step may still be merged into. */
  readonly open: { key: string; at: number } | null;
}

/** A state without history. */
export function beginTimeline<T>(present: T): Timeline<T> {
  return { past: [], present, future: [], open: null };
}

/**
 * A new state as one step. With the same `mergeKey` as the step before, less than a second ago, it joins that step: a number typed digit
 * by digit, or a card dragged, is undone at once. `now` is in milliseconds. The same state is no step.
 */
export function advance<T>(
  line: Timeline<T>,
  label: string,
  state: T,
  mergeKey: string | null,
  now: number,
): Timeline<T> {
  if (state === line.present) return line;
  const merges = mergeKey !== null && line.open?.key === mergeKey && now - line.open.at < MERGE_MILLISECONDS;
  const past = merges ? line.past : [...line.past, { label, state: line.present }].slice(-MAX_STEPS);
  return { past, present: state, future: [], open: mergeKey === null ? null : { key: mergeKey, at: now } };
}

/** One step back; the same timeline when there is none. */
export function stepBack<T>(line: Timeline<T>): Timeline<T> {
  const step = line.past.at(-1);
  if (!step) return line;
  return {
    past: line.past.slice(0, -1),
    present: step.state,
    future: [{ label: step.label, state: line.present }, ...line.future],
    open: null,
  };
}

/** One step forward again; the same timeline when there is none. */
export function stepForward<T>(line: Timeline<T>): Timeline<T> {
  const [step, ...future] = line.future;
  if (!step) return line;
  return {
    past: [...line.past, { label: step.label, state: line.present }],
    present: step.state,
    future,
    open: null,
  };
}

/** Steps between the present and a state of the same timeline; null when that state is not in it any more. */
export function stepsFrom<T>(line: Timeline<T>, state: T): number | null {
  if (line.present === state) return 0;
  const back = line.past.findLastIndex((step) => step.state === state);
  if (back >= 0) return line.past.length - back;
  const ahead = line.future.findIndex((step) => step.state === state);
  return ahead >= 0 ? ahead + 1 : null;
}

/** The same timeline with every state changed in the same way; each state once, so that the same ones stay the same. */
export function mapTimeline<T extends object>(line: Timeline<T>, change: (state: T) => T): Timeline<T> {
  const changed = new Map<T, T>();
  const once = (state: T): T => {
    if (!changed.has(state)) changed.set(state, change(state));
    return changed.get(state)!;
  };
  const steps = (list: readonly Step<T>[]): Step<T>[] =>
    list.map(({ label, state }) => ({ label, state: once(state) }));
  return { ...line, past: steps(line.past), present: once(line.present), future: steps(line.future) };
}
