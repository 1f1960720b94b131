import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Exported, Proof } from '@shared/contract/engine-job';
import type { Problem } from '@shared/problem';
import { studio } from '../bridge';
import { useRunStore } from './run';
import { problemOf, useToastsStore } from './toasts';
import { useHistory } from './use-history';

/** What an export is busy with. */
export type ExportWork = 'writing' | 'proving' | 'reading';

/** Exporting the current run: the file that was written last, its proof, and what is under way. Another run begins afresh. */
export const useExportStore = defineStore('export', () => {
  const run = useRunStore();
  const toasts = useToastsStore();

  const wanted = ref<'last' | 'best'>('last');
  /** A resumed run redoes what lies past its checkpoint: what was the best may be gone. */
  const hasBest = useHistory((history) => history.epochs.some((epoch) => epoch.best), false);
  const checkpoint = computed<'last' | 'best'>({
    get: () => (wanted.value === 'best' && hasBest.value ? 'best' : 'last'),
    set: (choice) => {
      wanted.value = choice;
    },
  });
  const work = ref<ExportWork | null>(null);
  /** The file and the step whose checkpoint it was made of, which the proof compares it with. */
  const exported = shallowRef<Exported | null>(null);
  const proof = shallowRef<Proof | null>(null);
  const progress = shallowRef<{ done: number; total: number } | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const cancelling = ref(false);

  studio.onNotification('exports.progress', ({ run: of, done, total }) => {
    if (of === run.id && work.value === 'proving') progress.value = { done, total };
  });

  watch(
    () => run.id,
    (_, before) => {
      // A job that nobody waits for any more would block the next export of its run.
      if (before !== null && work.value !== null) void toasts.attempt(() => end(before));
      wanted.value = 'last';
      exported.value = null;
      proof.value = null;
      progress.value = null;
      problem.value = null;
    },
  );

  async function end(of: string): Promise<void> {
    await studio.request('exports.cancel', { run: of });
  }

  /** Does one thing for the current run; its answer counts only while that run is still the current one. */
  async function busy<T>(
    what: ExportWork,
    ask: (run: string) => Promise<T>,
    take: (answer: T) => void,
  ): Promise<void> {
    const of = run.id;
    if (of === null || work.value !== null) return;
    work.value = what;
    problem.value = null;
    try {
      const answer = await ask(of);
      if (run.id === of) take(answer);
    } catch (error) {
      const failure = problemOf(error);
      if (run.id === of && !(cancelling.value && failure.code === 'cancelled')) problem.value = failure;
    } finally {
      work.value = null;
      progress.value = null;
      cancelling.value = false;
    }
  }

  /** Writes the packed model of the chosen checkpoint. */
  async function pack(): Promise<void> {
    const choice = checkpoint.value;
    await busy(
      'writing',
      (of) => studio.request('exports.packed', { run: of, checkpoint: choice }),
      (file) => {
        exported.value = file;
        proof.value = null;
      },
    );
  }

  /** Loads the file again and compares it with its checkpoint; that one may be gone by now, which becomes the problem. */
  async function prove(): Promise<void> {
    const current = exported.value;
    if (!current) return;
    await busy(
      'proving',
      (of) => studio.request('exports.prove', { run: of, step: current.step, path: current.path }),
      (answer) => {
        if (exported.value === current) proof.value = answer;
      },
    );
  }

  /** Fetches the bytes of the file and hands them on. */
  async function read(take: (file: { name: string; bytes: Uint8Array }) => void): Promise<void> {
    const current = exported.value;
    if (!current) return;
    await busy('reading', (of) => studio.request('exports.read', { run: of, path: current.path }), take);
  }

  /** Ends what is under way; its request then answers that it was cancelled. */
  async function cancel(): Promise<void> {
    if (run.id === null || work.value === null) return;
    cancelling.value = true;
    try {
      await end(run.id);
    } catch (error) {
      cancelling.value = false;
      problem.value = problemOf(error);
    }
  }

  return {
    checkpoint,
    work,
    exported,
    proof,
    progress,
    problem,
    cancelling,
    pack,
    prove,
    read,
    cancel,
  };
});
