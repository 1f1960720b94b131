import type { Profile } from '@shared/network/profile';
import type { Problem } from '@shared/problem';
import { epochOfStep } from '@shared/training/epoch-of-step';
import type { RunState } from '@shared/training/engine-event';
import { counted, formatCount } from '@shared/words/format-count';
import { formatDuration } from '@shared/words/format-duration';
import { RUN_STATE_WORDS } from '../stores/run-state-words';

/** How far a run is, as its history or its summary tells. */
export interface RunProgress {
  state: RunState;
  step: number;
  epochs: number;
  /** null before the plan is known. */
  totalSteps: number | null;
}

/**
 * Where a run stands: "epoch 2 of 4 · 43 % · 1 min 04 s left"; before that is known, its state.
 * @param eta seconds left, or null when that cannot be told
 */
export function progressText({ state, step, epochs, totalSteps }: RunProgress, eta: number | null): string {
  if (!totalSteps) return RUN_STATE_WORDS[state].text;
  const epoch = epochOfStep(step, totalSteps / epochs);
  const share = Math.floor((100 * step) / totalSteps);
  const left = eta === null ? '' : ` · ${formatDuration(eta)} left`;
  return `epoch ${epoch} of ${epochs} · ${share} %${left}`;
}

/** "12 layers · 3.3 M weights · 27.0 M MAC"; a MAC is a multiply-add of one image. */
export function totalsText(layers: number, profile: Profile | null): string {
  const first = counted(layers, 'layer');
  if (!profile) return first;
  const { weights, multiplyAdds } = profile.total;
  return `${first} · ${formatCount(weights)} weights · ${formatCount(multiplyAdds)} MAC`;
}

/** "2 errors · 1 hint", or "No problems". */
export function problemsText(problems: readonly Problem[]): string {
  const of = (severity: Problem['severity']): number =>
    problems.filter((problem) => (problem.severity ?? 'error') === severity).length;
  const parts = (['error', 'warning', 'hint'] as const)
    .filter((severity) => of(severity) > 0)
    .map((severity) => counted(of(severity), severity));
  return parts.join(' · ') || 'No problems';
}
