import { defineStore } from 'pinia';
import { ref } from 'vue';
import { StudioError, type Problem } from '@shared/problem';

export interface Toast {
  id: number;
  problem: Problem;
}

/** The problem in anything that was thrown; what nobody expected says so. */
export function problemOf(error: unknown): Problem {
  if (error instanceof StudioError) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'window-error',
    message: `Something went wrong in this window: ${message}.`,
    fix: 'Reload the window if it behaves oddly; saved projects and runs are safe.',
  };
}

/** Problems that have no better place. They stay until they are dismissed. */
export const useToastsStore = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let nextId = 1;

  /** Shows what was thrown; the same words are shown once. */
  function report(error: unknown): void {
    const problem = problemOf(error);
    // The banner over the window says so already, for as long as it is so.
    if (problem.code === 'studio-gone') return;
    if (toasts.value.some((toast) => toast.problem.message === problem.message)) return;
    toasts.value.push({ id: nextId++, problem });
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  /** Runs something asynchronous on behalf of a button: what it throws is shown. */
  async function attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      report(error);
    }
  }

  return { toasts, report, dismiss, attempt };
});
