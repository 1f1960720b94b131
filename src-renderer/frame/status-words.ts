import type { Profile } from '@shared/network/profile';
import type { Problem } from '@shared/problem';
import type { RunHistory } from '@shared/training/run-history';
import { counted, formatCount } from '@shared/words/format-count';
import { formatDuration } from '@shared/words/format-duration';

/** Where a run stands: "epoch 2 of 4, 43 %, 1 min 04 s left". */
export function progressText(history: RunHistory, eta: number | null): string {
  const { plan, step, state } = history;
  if (!plan) return state === 'preparing' ? 'preparing' : '';
  const epoch = Math.min(plan.epochs, Math.floor(step / plan.stepsPerEpoch) + 1);
  const share = Math.floor((100 * step) / Math.max(1, plan.totalSteps));
  const left = eta === null ? '' : ` · ${formatDuration(eta)} left`;
  return `epoch ${epoch} of ${plan.epochs} · ${share} %${left}`;
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
