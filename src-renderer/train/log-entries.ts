import type { CentersEvent, EpochEvent, PlanEvent } from '@shared/training/engine-event';
import { problemText } from '@shared/problem';
import type { RunHistory } from '@shared/training/run-history';
import { counted, exactCount } from '@shared/words/format-count';
import { formatDuration } from '@shared/words/format-duration';
import { formatPercent } from '@shared/words/format-percent';
import { formatSigned } from '@shared/words/format-signed';

/** One line of the log. */
export interface LogEntry {
  /** The part of the history that it tells of: its identity, under which its time of arrival is kept. */
  source: object;
  /** Steps done when it happened. */
  step: number;
  text: string;
  tone: 'plain' | 'good' | 'warning' | 'failure';
}

/** Layers whose centers fit on a line. */
const MOST_LAYERS = 6;

function epochText(epoch: EpochEvent, saved: boolean): string {
  const parts = [`test ${formatPercent(epoch.testAccuracy)}`, `train ${formatPercent(epoch.trainAccuracy)}`];
  if (epoch.best) parts.push('best so far');
  if (saved) parts.push('checkpoint saved');
  return `epoch ${epoch.epoch} finished: ${parts.join(', ')} (${formatDuration(epoch.seconds)})`;
}

function centersText(event: CentersEvent): string {
  const layers = event.layers
    .slice(0, MOST_LAYERS)
    .map(
      ({ name, centers }) =>
        `${name} (${Array.from(centers, (center) => formatSigned(center, 3)).join(', ')})`,
    );
  const rest = event.layers.length - layers.length;
  const head = event.first ? 'filters are binary from here on, centers fitted' : 'centers refitted';
  return `${head}: ${layers.join(' · ')}${rest > 0 ? ` · and ${counted(rest, 'more layer')}` : ''}`;
}

/** What the log says of a run, the newest first. What happened at the same step stands in the order in which it happens. */
export function logEntries(history: RunHistory): LogEntry[] {
  const epochEnds = new Set(history.epochs.map((epoch) => epoch.step));
  const saved = new Set(history.checkpoints.map((checkpoint) => checkpoint.step));
  const entries: LogEntry[] = [
    ...history.epochs.map((epoch): LogEntry => {
      const text = epochText(epoch, saved.has(epoch.step));
      return { source: epoch, step: epoch.step, text, tone: epoch.best ? 'good' : 'plain' };
    }),
    ...history.checkpoints
      .filter((checkpoint) => !epochEnds.has(checkpoint.step))
      .map((checkpoint): LogEntry => {
        const text = `checkpoint saved at step ${exactCount(checkpoint.step)}`;
        return { source: checkpoint, step: checkpoint.step, text, tone: 'plain' };
      }),
    ...(history.plan ? [planEntry(history.plan)] : []),
    ...history.centers.map((centers): LogEntry => {
      return { source: centers, step: centers.step, text: centersText(centers), tone: 'plain' };
    }),
    ...history.notices.map((notice): LogEntry => {
      const tone = notice.problem.severity === 'hint' ? 'plain' : 'warning';
      return { source: notice.problem, step: notice.step, text: problemText(notice.problem), tone };
    }),
  ];
  entries.sort((a, b) => a.step - b.step);
  if (history.finished) entries.push(endEntry(history.finished, history.state === 'stopped'));
  if (history.failure) {
    const text = problemText(history.failure);
    entries.push({ source: history.failure, step: history.step, text, tone: 'failure' });
  }
  return entries.reverse();
}

function planEntry(plan: PlanEvent): LogEntry {
  const begins =
    plan.startStep === 0 ? 'training' : `training goes on from step ${exactCount(plan.startStep)}`;
  const text = `${begins}: ${exactCount(plan.trainCount)} images, ${counted(plan.epochs, 'epoch')} on ${plan.deviceDescription}`;
  return { source: plan, step: plan.startStep, text, tone: 'plain' };
}

function endEntry(finished: NonNullable<RunHistory['finished']>, stopped: boolean): LogEntry {
  const what = stopped ? 'stopped on request' : 'run finished';
  const text = `${what} after ${counted(finished.epochs, 'epoch')} and ${formatDuration(finished.seconds)} of training`;
  return { source: finished, step: finished.step, text, tone: stopped ? 'plain' : 'good' };
}
