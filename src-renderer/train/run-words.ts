import { epochOfStep } from '@shared/training/epoch-of-step';
import type { RunHistory } from '@shared/training/run-history';
import { exactCount } from '@shared/words/format-count';
import { formatDuration } from '@shared/words/format-duration';
import { formatPercent } from '@shared/words/format-percent';

/** "epoch 4 of 6 · batch 337 of 469", of steps done. */
export function positionText(step: number, stepsPerEpoch: number, epochs: number): string {
  const epoch = epochOfStep(step, stepsPerEpoch);
  const batch = step - (epoch - 1) * stepsPerEpoch;
  return `epoch ${epoch} of ${epochs} · batch ${exactCount(batch)} of ${exactCount(stepsPerEpoch)}`;
}

function leftText(eta: number | null): string {
  return eta === null ? '' : ` · ${formatDuration(eta)} left`;
}

function outcome(history: RunHistory): string {
  const last = history.epochs.at(-1);
  if (!last) return 'not one epoch was completed';
  const filters = last.binarized ? ', with binary filters' : '';
  return `${formatPercent(last.testAccuracy)} of the test images right${filters}`;
}

/**
 * Where a run stands, in words.
 * @param eta seconds left, or null when that cannot be told yet
 */
export function stateText(history: RunHistory, eta: number | null): string {
  const { plan, step, state } = history;
  const position = plan ? positionText(step, plan.stepsPerEpoch, plan.epochs) : '';
  switch (state) {
    case 'queued':
      return 'waiting to start';
    case 'preparing':
      return 'preparing: loading the images and building the network';
    case 'training':
      return `${position}${leftText(eta)}`;
    case 'testing':
      return `testing on ${plan ? exactCount(plan.testCount) : 'the'} images after epoch ${plan ? epochOfStep(step, plan.stepsPerEpoch) : ''}${leftText(eta)}`;
    case 'paused':
      return `paused at ${position} · checkpoint saved`;
    case 'finished':
      return `finished: ${outcome(history)}`;
    case 'stopped':
      return `stopped${position ? ` at ${position}` : ''}: ${outcome(history)}`;
    case 'failed':
      return `failed${position ? ` at ${position}` : ''}`;
    case 'interrupted':
      return `interrupted${position ? ` at ${position}` : ''}`;
  }
}
