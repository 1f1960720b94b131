import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { DownloadOffer } from '@shared/contract/dataset-methods';
import type { Problem } from '@shared/problem';
import { studio } from '../bridge';
import { useStudioStore } from './studio';
import { problemOf, useToastsStore } from './toasts';

/** Known data sets that are not on this machine: what can be fetched, how far that is, and what went wrong. */
export const useDownloadsStore = defineStore('downloads', () => {
  const studioStore = useStudioStore();
  const toasts = useToastsStore();
  const offers = shallowRef<readonly DownloadOffer[]>([]);
  /** Why a download of this window ended early, by data set. */
  const failures = shallowRef<ReadonlyMap<string, Problem>>(new Map());

  function update(id: string, changes: Partial<DownloadOffer>): void {
    offers.value = offers.value.map((offer) => (offer.id === id ? { ...offer, ...changes } : offer));
  }

  function fail(id: string, problem: Problem | null): void {
    const next = new Map(failures.value);
    if (problem) next.set(id, problem);
    else next.delete(id);
    failures.value = next;
  }

  /** @throws StudioError when the studio does not answer */
  async function load(): Promise<void> {
    offers.value = await studio.request('datasets.downloads', {});
  }

  studio.onNotification('datasets.progress', ({ id, done }) => {
    update(id, { done, running: true });
  });
  studio.onNotification('datasets.changed', () => {
    void toasts.attempt(async () => {
      await Promise.all([load(), studioStore.loadDatasets()]);
    });
  });

  /** Fetches a set; one that was stopped keeps what it has, and what failed is said beside it. */
  async function fetch(id: string): Promise<void> {
    fail(id, null);
    update(id, { running: true });
    try {
      await studio.request('datasets.fetch', { id });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'download-stopped') fail(id, problem);
    }
  }

  async function cancel(id: string): Promise<void> {
    await studio.request('datasets.cancelFetch', { id });
  }

  return { offers, failures, load, fetch, cancel };
});
