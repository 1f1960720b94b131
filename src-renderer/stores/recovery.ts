import { defineStore } from 'pinia';
import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Recovery } from '@shared/contract/project-methods';
import type { Project } from '@shared/project/project';
import { studio } from '../bridge';
import { useProjectStore } from './project';
import { useToastsStore } from './toasts';

/** How long after a change the recovery file is written, with all that was changed meanwhile. */
export const KEEP_AFTER_MILLISECONDS = 2000;

/** Keeps unsaved changes in a recovery file of the home, and gives back what windows that are gone left there. */
export const useRecoveryStore = defineStore('recovery', () => {
  const project = useProjectStore();
  const toasts = useToastsStore();

  /** What can be recovered, while the person is asked about it. */
  const offers = shallowRef<readonly Recovery[]>([]);
  const asking = shallowRef(false);
  let slot: string | null = null;
  /** The slot of the project that is shown next, when it was taken over. */
  let takenOver: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the recovery file holds; null: there is none. */
  let kept: Project | null = null;
  let answered: () => void = () => undefined;
  let deciding = false;

  /** Tells the studio what this window shows; the recovery file of what it showed before goes. */
  async function tell(): Promise<void> {
    const { identity } = project;
    const { id } = project.project ?? {};
    if (id === undefined) {
      await studio.request('projects.close', {});
      return;
    }
    const answer = await studio.request('projects.show', { id, slot });
    if (identity === project.identity) slot = answer.slot;
  }

  function forgetTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  onScopeDispose(forgetTimer);

  async function keep(): Promise<void> {
    timer = undefined;
    const present = project.project;
    if (!present || !project.dirty || present === kept || studio.connection.value !== 'open') return;
    const { path, hash, changes, identity } = project;
    await studio.request('recovery.keep', { project: present, path, hash, changes });
    if (identity !== project.identity) return;
    kept = present;
    // Saved, or undone, while it was written.
    if (!project.dirty) await drop();
  }

  async function drop(): Promise<void> {
    kept = null;
    await studio.request('recovery.drop', {});
  }

  watch(
    () => project.identity,
    () => {
      forgetTimer();
      kept = null;
      slot = takenOver;
      takenOver = null;
      void toasts.attempt(tell);
    },
    { flush: 'sync' },
  );

  watch([() => project.project, () => project.dirty, () => project.savedAt], (now, before) => {
    // A save removes the file; what was changed while it went on is kept again.
    if (now[2] !== before[2]) kept = null;
    if (project.project && project.dirty)
      timer ??= setTimeout(() => void toasts.attempt(keep), KEEP_AFTER_MILLISECONDS);
    else {
      forgetTimer();
      if (kept) void toasts.attempt(drop);
    }
  });

  // To the studio, a window that comes back is another one.
  watch(studio.connection, (state, before) => {
    if (state !== 'open' || before !== 'lost' || !project.project) return;
    kept = null;
    void toasts.attempt(async () => {
      await tell();
      await keep();
    });
  });

  /** Asks about what was left behind, if there is anything; resolves when the person is done with it. Answers whether there was. */
  async function offer(): Promise<boolean> {
    offers.value = await studio.request('recovery.list', {});
    if (offers.value.length === 0) return false;
    asking.value = true;
    await new Promise<void>((resolve) => {
      answered = resolve;
    });
    return true;
  }

  /** What was not decided stays for the next start. */
  function finish(): void {
    asking.value = false;
    answered();
  }

  /** A button pressed again before its answer came means nothing more. */
  async function once(decision: () => Promise<void>): Promise<boolean> {
    if (deciding) return false;
    deciding = true;
    try {
      await decision();
      return true;
    } finally {
      deciding = false;
    }
  }

  /** Shows what was left behind; false: a decision is under way already. @throws StudioError when it cannot be read, or another window has it */
  function recover(from: string): Promise<boolean> {
    return once(async () => {
      const found = await studio.request('recovery.recover', { slot: from });
      takenOver = from;
      const file = found.path === null ? null : { path: found.path, hash: found.hash };
      project.show(found.project, file, found.changes ?? 0);
      kept = found.project;
      finish();
    });
  }

  /** As {@link recover}, for what is not wanted. @throws StudioError when another window has it */
  function discard(from: string): Promise<boolean> {
    return once(async () => {
      await studio.request('recovery.discard', { slot: from });
      offers.value = offers.value.filter((entry) => entry.slot !== from);
      if (offers.value.length === 0) finish();
    });
  }

  return { offers, asking, offer, finish, recover, discard };
});
