import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useProjectStore } from './project';
import { useProjectFilesStore } from './project-files';
import { useToastsStore } from './toasts';

/** Sees to it that no unsaved change is lost when another project takes the place of the open one. */
export const useLeavingStore = defineStore('leaving', () => {
  const project = useProjectStore();
  const files = useProjectFilesStore();
  const toasts = useToastsStore();
  /** What waits for an answer; null: nothing. */
  const pending = shallowRef<(() => void | Promise<void>) | null>(null);

  function go(action: () => void | Promise<void>): void {
    void toasts.attempt(async () => {
      await action();
    });
  }

  /** Does what replaces the open project: at once, or after the person said what to do with unsaved changes. */
  function leave(action: () => void | Promise<void>): void {
    if (project.project && project.dirty) pending.value = action;
    else go(action);
  }

  function answer(what: 'save' | 'discard' | 'cancel'): void {
    const action = pending.value;
    pending.value = null;
    if (!action || what === 'cancel') return;
    go(async () => {
      if (what === 'save' && !(await files.save())) return;
      await action();
    });
  }

  return { pending, leave, answer };
});
