import type { NotificationOf, RunSnapshot } from '@shared/contract/studio-api';
import type { TrainEvent } from '@shared/training/engine-event';
import { emptyHistory, foldEvent, type RunHistory } from '@shared/training/run-history';

type RunEvent = NotificationOf<'run.event'>;

/** The history that a snapshot describes. Takes over its lists and copies its metrics. */
export function historyOf(snapshot: RunSnapshot): RunHistory {
  const history = emptyHistory();
  history.state = snapshot.summary.state;
  history.step = snapshot.summary.step;
  history.plan = snapshot.plan;
  history.metrics.append(snapshot.metrics);
  history.epochs = snapshot.epochs;
  history.centers = snapshot.centers;
  history.checkpoints = snapshot.checkpoints;
  history.notices = snapshot.notices;
  history.filters = snapshot.filters;
  history.finished = snapshot.finished;
  history.failure = snapshot.failure;
  return history;
}

/**
 * Events of one subscribed run on their way into its history. Events may overtake the snapshot that answers the subscription: they wait
 * for it; what it knows already is skipped. A missing event is a gap, and the subscription has to begin again.
 */
export class RunFeed {
  history: RunHistory | null = null;
  #sequence = 0;
  #early: RunEvent[] = [];
  readonly #arrivals = new WeakMap<object, number>();

  constructor(readonly run: string) {}

  /** The answer to the subscription. Returns false when events are missing behind it. */
  begin(snapshot: RunSnapshot, now: number): boolean {
    this.history = historyOf(snapshot);
    this.#sequence = snapshot.sequence;
    const early = this.#early;
    this.#early = [];
    return early.every((event) => this.take(event, now));
  }

  /** Folds in one event; `now` is when it came, in milliseconds. Returns false when events are missing before it. */
  take(message: RunEvent, now: number): boolean {
    if (!this.history) {
      this.#early.push(message);
      return true;
    }
    if (message.sequence <= this.#sequence) return true;
    if (message.sequence > this.#sequence + 1) return false;
    this.#sequence = message.sequence;
    foldEvent(this.history, message.event);
    this.#stamp(message.event, now);
    return true;
  }

  /** When an entry of the history (an epoch, centers, a checkpoint, a notice's or failure's problem) came; null for what was there before. */
  arrivedAt(entry: object): number | null {
    return this.#arrivals.get(entry) ?? null;
  }

  #stamp(event: TrainEvent, now: number): void {
    this.#arrivals.set(event, now);
    if ('problem' in event) this.#arrivals.set(event.problem, now);
  }
}
