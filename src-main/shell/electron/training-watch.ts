import type { NotificationMessage } from '@shared/contract/studio-api';
import { runSummarySchema, type RunSummary } from '@shared/contract/run-summary';

/** What the desktop shows of training. */
export interface TrainingView {
  /** Called when training begins and when the last run has ended. */
  onActive(active: boolean): void;
  /** Share of the work of all running runs that is done, 0 to 1; null when nothing runs, undefined while it is not known yet. */
  onProgress(share: number | null | undefined): void;
  /** A run came to its end by itself. */
  onEnd(title: string, text: string): void;
}

const RUNNING: ReadonlySet<RunSummary['state']> = new Set(['preparing', 'training', 'testing', 'paused']);

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** What to tell a person who looks elsewhere; null for ends that the person asked for. */
function endText({ state, testAccuracy }: RunSummary): string | null {
  if (state === 'finished') {
    return testAccuracy === null
      ? 'Training is done.'
      : `Training is done: ${percent(testAccuracy)} on the test images.`;
  }
  if (state === 'failed') return 'Training failed; the studio says why.';
  if (state === 'interrupted') return 'Training was interrupted; it can be resumed from its last checkpoint.';
  return null;
}

/** Follows the summaries of runs, as every client of the studio gets them, and says what concerns the desktop. */
export class TrainingWatch {
  readonly #running = new Map<string, RunSummary>();

  constructor(private readonly view: TrainingView) {}

  /** Runs being trained. */
  get running(): number {
    return this.#running.size;
  }

  /** Takes a notification of the studio; all but summaries are somebody else's. */
  take(message: NotificationMessage): void {
    if (message.notification !== 'run.summary') return;
    const summary = runSummarySchema.parse(message.payload);
    const before = this.#running.size;
    const wasRunning = this.#running.has(summary.id);
    if (RUNNING.has(summary.state)) this.#running.set(summary.id, summary);
    else this.#running.delete(summary.id);
    const now = this.#running.size;
    if (before === 0 && now > 0) this.view.onActive(true);
    this.view.onProgress(this.#share());
    const text = wasRunning && !this.#running.has(summary.id) ? endText(summary) : null;
    if (text !== null) this.view.onEnd(summary.name, text);
    if (before > 0 && now === 0) this.view.onActive(false);
  }

  #share(): number | null | undefined {
    if (this.#running.size === 0) return null;
    let done = 0;
    let total = 0;
    for (const { step, totalSteps } of this.#running.values()) {
      if (totalSteps === null) return undefined;
      done += step;
      total += totalSteps;
    }
    return total === 0 ? undefined : done / total;
  }
}
