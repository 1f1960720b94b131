import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { InspectedData } from '@shared/contract/dataset-methods';
import type { Problem } from '@shared/problem';
import { studio } from '../bridge';
import { useFileChoiceStore } from './file-choice';
import { useStudioStore } from './studio';
import { problemOf } from './toasts';

/** A folder or archive that may become a data set: looked at now, found sound, or refused. */
export type Candidate =
  | { state: 'looking'; place: string }
  | { state: 'found'; place: string; found: InspectedData }
  | { state: 'refused'; place: string; problem: Problem };

/** Adding a data set: choosing a place, looking at what is there, and remembering it. */
export const useAddingDatasetStore = defineStore('adding-dataset', () => {
  const studioStore = useStudioStore();
  const choice = useFileChoiceStore();
  /** null: nothing is being added. */
  const candidate = shallowRef<Candidate | null>(null);

  /** Has the person choose a folder or an archive, and looks at it. @throws as choose() does */
  async function begin(purpose: 'dataset-folder' | 'dataset-archive'): Promise<void> {
    const place = await choice.choose({ purpose, folder: null, name: '' });
    if (place === null) return;
    const looking: Candidate = { state: 'looking', place };
    candidate.value = looking;
    let next: Candidate;
    try {
      next = { state: 'found', place, found: await studio.request('datasets.inspect', { place }) };
    } catch (error) {
      next = { state: 'refused', place, problem: problemOf(error) };
    }
    // The person may have gone back meanwhile.
    if (candidate.value === looking) candidate.value = next;
  }

  /** Gives it up; what is being looked at ends. @throws StudioError studio-gone */
  async function cancel(): Promise<void> {
    const looking = candidate.value?.state === 'looking';
    candidate.value = null;
    if (looking) await studio.request('datasets.cancel', {});
  }

  /** Remembers what was found; answers its id. @throws StudioError when it cannot be written down */
  async function add(place: string): Promise<string> {
    const { id } = await studio.request('datasets.add', { place });
    await studioStore.loadDatasets();
    candidate.value = null;
    return id;
  }

  return { candidate, begin, cancel, add };
});
