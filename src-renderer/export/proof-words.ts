import type { Proof } from '@shared/contract/engine-job';
import { exactCount } from '@shared/words/format-count';
import { formatPercent } from '@shared/words/format-percent';

/** A file holds what it promises when its logits are within this share of the largest one of its checkpoint. */
const CLOSE = 1e-4;

/** A proof in words. */
export interface ProofWords {
  holds: boolean;
  lines: string[];
}

/** What came of comparing a file with its checkpoint on the test images. */
export function proofWords({ checkpoint, file, logitDifference, agreeing }: Proof): ProofWords {
  const alike = `${exactCount(agreeing)} of ${exactCount(file.count)} images classified alike`;
  const difference =
    logitDifference === 0
      ? 'logits are equal'
      : `logits differ by at most ${logitDifference.toExponential(0)}, relative to the largest`;
  return {
    holds: agreeing === file.count && checkpoint.accuracy === file.accuracy && logitDifference <= CLOSE,
    lines: [
      `Checkpoint ${formatPercent(checkpoint.accuracy)}, file ${formatPercent(file.accuracy)}`,
      alike,
      difference,
    ],
  };
}
