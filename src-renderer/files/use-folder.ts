import { computed, ref, shallowRef } from 'vue';
import {
  FILE_ENDINGS,
  type FilePurpose,
  type FolderListing,
  type Place,
} from '@shared/contract/file-methods';
import type { Problem } from '@shared/problem';
import { studio } from '../bridge';
import { problemOf } from '../stores/toasts';

/** The folder that a person looks into, and the way to others. */
export function useFolder(purpose: FilePurpose) {
  const places = shallowRef<readonly Place[]>([]);
  const listing = shallowRef<FolderListing | null>(null);
  /** Why the folder that was asked for is not shown. */
  const problem = shallowRef<Problem | null>(null);
  const query = ref('');
  let asked = 0;

  const entries = computed(() => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (name: string): boolean => words.every((word) => name.toLowerCase().includes(word));
    return (listing.value?.entries ?? []).filter(({ name }) => fits(name));
  });
  /** The folder above, when it is permitted. */
  const parent = computed(() => listing.value?.trail.at(-2)?.path ?? null);

  /** Runs what may fail; only the answer to the last question counts. */
  async function attempt<T>(ask: () => Promise<T>, take: (answer: T) => void): Promise<boolean> {
    const mine = ++asked;
    try {
      const answer = await ask();
      if (mine === asked) {
        problem.value = null;
        take(answer);
      }
      return true;
    } catch (error) {
      if (mine === asked) problem.value = problemOf(error);
      return false;
    }
  }

  /** Shows a folder; null: that of the projects. */
  function go(folder: string | null): Promise<boolean> {
    const endings = FILE_ENDINGS[purpose];
    return attempt(
      () => studio.request('files.list', { folder, endings: endings && [...endings] }),
      (answer) => {
        listing.value = answer;
        query.value = '';
      },
    );
  }

  /** Shows the first folder, or that of the projects when it cannot be shown. */
  async function begin(folder: string | null): Promise<void> {
    places.value = await studio.request('files.places', {});
    if (!(await go(folder)) && folder !== null) await go(null);
  }

  /** Makes a folder here and goes into it; answers whether it was made. */
  async function makeFolder(name: string): Promise<boolean> {
    const folder = listing.value?.folder;
    if (folder === undefined) return false;
    let made: string | null = null;
    await attempt(
      () => studio.request('files.make-folder', { folder, name }),
      ({ path }) => (made = path),
    );
    return made !== null && go(made);
  }

  return { places, listing, problem, query, entries, parent, go, begin, makeFolder };
}
