import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { FileWish } from '@shared/contract/file-methods';
import { studio } from '../bridge';
import { useStudioStore } from './studio';

interface Pending {
  wish: FileWish;
  answer: (path: string | null) => void;
}

/** Choosing a file or a folder: with the system's dialog in a window of the system, with one of the studio's own in a browser. */
export const useFileChoiceStore = defineStore('file-choice', () => {
  const studioStore = useStudioStore();
  /** What the dialog of the window is open for; null: it is not. */
  const pending = shallowRef<Pending | null>(null);

  /**
   * Asks the person; null: nothing was chosen. A name to save under that is taken was asked about by the dialog.
   * @throws StudioError when the system's dialog cannot be had
   */
  async function choose(wish: FileWish): Promise<string | null> {
    if (studioStore.info?.shell === 'electron') return (await studio.request('files.choose', wish)).path;
    answer(null);
    return new Promise((resolve) => {
      pending.value = { wish, answer: resolve };
    });
  }

  /** Ends the dialog of the window. */
  function answer(path: string | null): void {
    const asked = pending.value;
    pending.value = null;
    asked?.answer(path);
  }

  return { pending, choose, answer };
});
