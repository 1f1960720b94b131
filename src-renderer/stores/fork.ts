import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RunSummary } from '@shared/contract/run-summary';
import type { CheckpointEntry } from '@shared/contract/studio-api';
import type { FieldValue } from '@shared/fields/field';
import { forkPoint } from '@shared/network/fork-point';
import { isError } from '@shared/network/lower';
import { StudioError, type Problem } from '@shared/problem';
import { forkSettings, slotsNotice } from '@shared/training/fork-settings';
import { changeSettings } from '@shared/training/optimizer-defaults';
import { trainingFields, type SettingKey, type TrainingSettings } from '@shared/training/settings';
import { studio } from '../bridge';
import { sameValue } from '@shared/fields/same-value';
import { useRunStore } from './run';
import { problemOf } from './toasts';

/** A fork that is being set up. */
interface ForkDraft {
  parent: RunSummary;
  /** Settings of the parent, which the fork begins with. */
  before: TrainingSettings;
  checkpoints: readonly CheckpointEntry[];
  chosen: CheckpointEntry;
  name: string;
  settings: TrainingSettings;
}

/** Epochs of a fork unless the person says otherwise: those of its parent, or half as many more when these are done. */
function firstEpochs(epochs: number, done: number): number {
  return done < epochs ? epochs : done + Math.max(1, Math.round(epochs / 2));
}

/** Setting up a fork of the current run: from which checkpoint, and what is to be different. */
export const useForkStore = defineStore('fork', () => {
  const run = useRunStore();
  const draft = shallowRef<ForkDraft | null>(null);
  const starting = shallowRef(false);
  /** What went wrong when it was started. */
  const failure = shallowRef<Problem | null>(null);

  /** Why the current run cannot be forked; null: it can. */
  const obstacle = computed(() => {
    if (!run.summary || !run.settings) return 'Choose a run first.';
    return run.summary.hasCheckpoint ? null : 'The run has no checkpoint yet.';
  });

  const point = computed(() => {
    const plan = run.history?.plan;
    if (!draft.value || !run.network || !plan) return null;
    const { step } = draft.value.chosen;
    const fitted = run.history!.centers.some((fit) => fit.step < step);
    return forkPoint(run.network, step, plan.stepsPerEpoch, fitted);
  });
  /** Errors and warnings of the settings at this checkpoint. */
  const problems = computed(() => {
    if (!draft.value || !point.value) return [];
    const { before, settings } = draft.value;
    const notice = slotsNotice(before, settings);
    return [...forkSettings(before, settings, point.value).problems, ...(notice ? [notice] : [])];
  });
  const hasErrors = computed(() => problems.value.some(isError));
  /** Settings that differ from the parent's. */
  const changes = computed(() => {
    const own = draft.value;
    if (!own) return [];
    return (Object.keys(trainingFields) as SettingKey[])
      .filter((key) => !sameValue(own.settings[key], own.before[key]))
      .map((key) => ({ key, from: own.before[key], to: own.settings[key] }));
  });

  /** Opens the set-up for the current run. @throws StudioError when its checkpoints cannot be read, or are gone */
  async function open(): Promise<void> {
    const { summary: parent, settings: before } = run;
    if (!parent || !before) return;
    const checkpoints = await studio.request('runs.checkpoints', { run: parent.id });
    const chosen = checkpoints[0];
    if (!chosen) {
      throw new StudioError({
        code: 'checkpoint-missing',
        message: `${parent.name} has no checkpoint yet.`,
        fix: 'Wait until the first one is written.',
      });
    }
    const plan = run.history?.plan;
    const done = plan ? Math.floor(chosen.step / plan.stepsPerEpoch) : 0;
    const settings = { ...before, epochs: firstEpochs(before.epochs, done) };
    failure.value = null;
    draft.value = { parent, before, checkpoints, chosen, name: `${parent.name}, fork`, settings };
  }

  function change(changed: Partial<ForkDraft>): void {
    if (draft.value) draft.value = { ...draft.value, ...changed };
  }

  function set(key: SettingKey, value: FieldValue): void {
    if (draft.value) change({ settings: changeSettings(draft.value.settings, { [key]: value }) });
  }

  function choose(checkpoint: CheckpointEntry): void {
    change({ chosen: checkpoint });
  }

  function rename(name: string): void {
    change({ name });
  }

  function cancel(): void {
    draft.value = null;
  }

  /** Makes the fork, which is trained at once and becomes the current run; what fails is shown and the set-up stays. */
  async function start(): Promise<void> {
    if (!draft.value || hasErrors.value || starting.value) return;
    const { parent, chosen, name, settings } = draft.value;
    starting.value = true;
    failure.value = null;
    try {
      const answer = await studio.request('runs.fork', {
        run: parent.id,
        checkpoint: chosen.choice,
        name: name.trim() || null,
        settings,
      });
      draft.value = null;
      await run.select(answer.run);
    } catch (error) {
      failure.value = problemOf(error);
    } finally {
      starting.value = false;
    }
  }

  return {
    draft,
    point,
    problems,
    hasErrors,
    changes,
    obstacle,
    starting,
    failure,
    open,
    set,
    choose,
    rename,
    cancel,
    start,
  };
});
