import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RunSummary } from '@shared/contract/run-summary';
import type { RunState } from '@shared/training/engine-event';
import { studio } from '../bridge';

const ACTIVE: ReadonlySet<RunState> = new Set(['queued', 'preparing', 'training', 'testing', 'paused']);

/** Whether a run of this state has a process at work (or waiting for its turn). */
export function isActive(state: RunState): boolean {
  return ACTIVE.has(state);
}

/** One line about every run, the newest first; kept up to date by the studio. */
export const useRunsStore = defineStore('runs', () => {
  const summaries = shallowRef<readonly RunSummary[]>([]);
  const active = computed(() => summaries.value.find((summary) => isActive(summary.state)) ?? null);

  studio.onNotification('run.summary', (summary) => {
    const index = summaries.value.findIndex(({ id }) => id === summary.id);
    summaries.value = index < 0 ? [summary, ...summaries.value] : summaries.value.with(index, summary);
  });

  async function load(): Promise<void> {
    summaries.value = await studio.request('runs.list', {});
  }

  function find(id: string): RunSummary | undefined {
    return summaries.value.find((summary) => summary.id === id);
  }

  return { summaries, active, load, find };
});
