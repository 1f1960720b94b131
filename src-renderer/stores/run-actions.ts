import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Problem } from '@shared/problem';
import { useProjectStore } from './project';
import { useRunStore } from './run';
import { problemOf } from './toasts';
import { RUN_ACTIONS, whyNot, type RunAction, type RunSituation } from './why-not';

/** Starting and steering runs, one thing at a time, for buttons and commands alike: whether it can be done, and what went wrong. */
export const useRunActionsStore = defineStore('run-actions', () => {
  const project = useProjectStore();
  const run = useRunStore();

  const pending = shallowRef<RunAction | null>(null);
  /** What went wrong with the last action; forgotten with the next one, and when another run is chosen. */
  const problem = shallowRef<Problem | null>(null);
  let answered: Promise<void> = Promise.resolve();

  const reasons = computed(() => {
    const situation: RunSituation = {
      pending: pending.value,
      hasProject: project.project !== null,
      obstacle: project.obstacles[0] ?? null,
      state: run.state,
      canResume: run.canResume,
    };
    return Object.fromEntries(RUN_ACTIONS.map((action) => [action, whyNot(action, situation)])) as Record<
      RunAction,
      string | null
    >;
  });

  watch(
    () => run.id,
    () => {
      problem.value = null;
    },
  );

  async function ask(action: RunAction): Promise<void> {
    if (action === 'start') {
      if (project.project) await run.start(project.project);
    } else if (action === 'resume') await run.resume();
    else await run.command(action);
  }

  async function attempt(action: RunAction): Promise<void> {
    pending.value = action;
    problem.value = null;
    try {
      await ask(action);
    } catch (error) {
      problem.value = problemOf(error);
    } finally {
      pending.value = null;
    }
  }

  /** Does it, unless it cannot be done now; what fails becomes the problem. While something else is under way, waits for that only. */
  function act(action: RunAction): Promise<void> {
    if (reasons.value[action] === null) answered = attempt(action);
    return answered;
  }

  return { pending, problem, reasons, act };
});
