import { problemText } from '@shared/problem';
import type { TrainEvent } from '@shared/training/engine-event';
import { foldEvent, type RunHistory } from '@shared/training/run-history';
import { exactCount } from '@shared/words/format-count';
import { formatDuration } from '@shared/words/format-duration';
import { formatPercent } from '@shared/words/format-percent';
import { ProgressBar } from './progress-bar';

/** Seconds that the rest of a run takes at the pace of its last steps; null before the first. */
function secondsLeft(history: RunHistory): number | null {
  const { plan, metrics } = history;
  if (!plan || metrics.count === 0) return null;
  const speeds = metrics.column('imagesPerSecond').slice(-20);
  const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
  const images = ((plan.totalSteps - history.step) / plan.stepsPerEpoch) * plan.trainCount;
  return images / mean;
}

/** Tells a person on a terminal how training goes: a bar while it runs, a line for everything worth keeping. */
export class TrainingReport {
  readonly #bar = new ProgressBar();

  /** @param history what is known of the run so far; taken over */
  constructor(
    private readonly history: RunHistory,
    private readonly say: (line: string) => void,
  ) {}

  take(event: TrainEvent): void {
    foldEvent(this.history, event);
    if (event.type === 'steps') this.#draw();
    const line = this.#line(event);
    if (line === null) return;
    this.#bar.clear();
    this.say(line);
  }

  /** Takes the bar away. */
  close(): void {
    this.#bar.clear();
  }

  #draw(): void {
    const { plan, step, metrics } = this.history;
    if (!plan) return;
    const epoch = Math.min(plan.epochs, Math.floor(step / plan.stepsPerEpoch) + 1);
    const batch = step % plan.stepsPerEpoch;
    const left = secondsLeft(this.history);
    const speed = metrics.column('imagesPerSecond').at(-1) ?? 0;
    const parts = [
      `epoch ${epoch} of ${plan.epochs}`,
      `batch ${batch} of ${plan.stepsPerEpoch}`,
      `loss ${(metrics.column('loss').at(-1) ?? 0).toFixed(4)}`,
      `${speed.toFixed(0)} images/s`,
      ...(left === null ? [] : [`${formatDuration(left)} left`]),
    ];
    this.#bar.draw(step, plan.totalSteps, parts.join(' · '));
  }

  #line(event: TrainEvent): string | null {
    switch (event.type) {
      case 'plan': {
        const from = event.startStep > 0 ? `, going on from step ${event.startStep}` : '';
        const { trainCount, testCount, totalSteps } = event;
        return `${exactCount(trainCount)} training and ${exactCount(testCount)} test images, ${totalSteps} steps on ${event.deviceDescription}${from}`;
      }
      case 'centers':
        return event.first ? `step ${event.step}: the filters are binary from here on` : null;
      case 'epoch': {
        const kind = event.binarized ? 'binary filters' : 'float filters';
        const best = event.best ? ', best so far' : '';
        return `epoch ${event.epoch}: test ${formatPercent(event.testAccuracy)} (${kind}${best}), train ${formatPercent(event.trainAccuracy)}, loss ${event.trainLoss.toFixed(4)}, ${formatDuration(event.seconds)}`;
      }
      case 'notice':
        return `${event.problem.severity ?? 'warning'}: ${problemText(event.problem)}`;
      case 'state':
        return event.state === 'paused' ? `paused at step ${event.step}` : null;
      case 'finished': {
        const accuracy =
          event.testAccuracy === null ? 'not tested yet' : `test ${formatPercent(event.testAccuracy)}`;
        return `${this.history.state === 'stopped' ? 'stopped' : 'finished'} after ${formatDuration(event.seconds)}: ${accuracy}`;
      }
      case 'steps':
      case 'filters':
      case 'checkpoint':
      case 'failed':
        return null;
    }
  }
}
