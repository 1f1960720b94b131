import type { RunHistory } from '@shared/training/run-history';
import { exactCount } from '@shared/words/format-count';
import { formatPercent } from '@shared/words/format-percent';

/** The two checkpoints that can be exported, in words. */
export interface CheckpointWords {
  last: string;
  /** null when no epoch counted as best yet: "best" considers binarized epochs only. */
  best: string | null;
}

/** What the last and the best checkpoint of a run are. */
export function checkpointWords(history: RunHistory): CheckpointWords {
  const last = history.checkpoints.at(-1);
  const best = history.epochs.findLast((epoch) => epoch.best);
  const tested = history.epochs.find((epoch) => epoch.step === last?.step);
  const lastText = last
    ? tested
      ? `epoch ${tested.epoch}, ${formatPercent(tested.testAccuracy)} of the test images right`
      : `step ${exactCount(last.step)}, not tested`
    : 'none yet';
  return {
    last: lastText,
    best: best ? `epoch ${best.epoch}, ${formatPercent(best.testAccuracy)} of the test images right` : null,
  };
}
