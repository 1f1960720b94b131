import type { PlanEvent, RunState } from '@shared/training/engine-event';
import { exactCount } from '@shared/words/format-count';

/** When a snapshot was taken and whether another follows: "epoch 0.46 · step 214, live". */
export function snapshotText(step: number, plan: PlanEvent | null, state: RunState): string {
  const epoch = plan ? `epoch ${(step / plan.stepsPerEpoch).toFixed(2)} · ` : '';
  const moment = `${epoch}step ${exactCount(step)}`;
  switch (state) {
    case 'training':
    case 'testing':
      return `${moment}, live`;
    case 'paused':
      return `${moment}, paused`;
    case 'finished':
      return `${moment}, final`;
    case 'stopped':
    case 'failed':
    case 'interrupted':
      return `${moment}, the last before the run ended`;
    case 'queued':
    case 'preparing':
      return moment;
  }
}
