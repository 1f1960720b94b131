import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { FieldValue } from '@shared/fields/field';
import type { Edit } from '@shared/graph/edit';
import { applyEdit } from '@shared/graph/edit';
import { FAMILY_NAMES, type Family } from '@shared/graph/family';
import { hints as hintsOf } from '@shared/network/hints';
import { lower } from '@shared/network/lower';
import { findPreset, type Preset } from '@shared/network/presets';
import { profile as profileOf } from '@shared/network/profile';
import { StudioError } from '@shared/problem';
import { PROJECT_VERSION, type Project } from '@shared/project/project';
import { changeSettings } from '@shared/training/optimizer-defaults';
import { firstSlice } from '@shared/training/run-outlook';
import {
  checkSettings,
  trainingFields,
  type SettingKey,
  type TrainingSettings,
} from '@shared/training/settings';
import { editLabel } from './edit-label';
import { useStudioStore } from './studio';
import {
  advance,
  beginTimeline,
  mapTimeline,
  stepBack,
  stepForward,
  stepsFrom,
  type Timeline,
} from './timeline';
import { obstaclesToTraining } from './training-obstacles';
import { useUiStore } from './ui';

/** Where a project lies. */
export interface ProjectFile {
  path: string;
  /** SHA-256 of what it held when it was read or written last; null: nobody knows. */
  hash: string | null;
}

/** The one open project: its design and settings, what follows from them, and undo over all of it. */
export const useProjectStore = defineStore('project', () => {
  const ui = useUiStore();
  const studioStore = useStudioStore();

  const timeline = shallowRef<Timeline<Project> | null>(null);
  /** As it lies in the file, or as it was made; by identity. */
  const saved = shallowRef<Project | null>(null);
  const path = shallowRef<string | null>(null);
  /** Hash of what the file held when it was read or written here last; null: it is in no file. */
  const hash = shallowRef<string | null>(null);
  const savedAt = shallowRef<number | null>(null);
  /** Unsaved changes that were made before this window had the project. */
  const earlierChanges = shallowRef(0);
  /** Rises whenever another project is shown, or none. */
  const shown = shallowRef(0);
  /** Rises with `shown`, and whenever the project that is shown becomes one of its own, under another id. */
  const identity = shallowRef(0);
  /** Rises with every undo and redo. */
  const retraced = shallowRef(0);

  const project = computed(() => timeline.value?.present ?? null);
  const document = computed(() => project.value?.document ?? null);
  const family = computed(() => project.value?.family ?? 'mcn');
  const dirty = computed(() => project.value !== saved.value);
  /** Steps since the last save. */
  const changes = computed(() => {
    if (!timeline.value || !dirty.value) return 0;
    const steps = saved.value ? stepsFrom(timeline.value, saved.value) : null;
    return earlierChanges.value + (steps ?? timeline.value.past.length);
  });
  const undoLabel = computed(() => timeline.value?.past.at(-1)?.label ?? null);
  const redoLabel = computed(() => timeline.value?.future[0]?.label ?? null);

  const lowered = computed(() => (document.value ? lower(document.value, family.value) : null));
  const network = computed(() => lowered.value?.network ?? null);
  /** What the layers cost, as far as they are known; in total only of a sound design, see `profile`. */
  const costs = computed(() => (lowered.value ? profileOf({ nodes: lowered.value.layers }) : null));
  const profile = computed(() => (network.value ? costs.value : null));
  /** What lowering found: errors stop training, warnings do not. */
  const problems = computed(() => lowered.value?.problems ?? []);
  const hints = computed(() => (network.value && profile.value ? hintsOf(network.value, profile.value) : []));
  const settingProblems = computed(() =>
    project.value ? checkSettings(project.value.training).problems : [],
  );
  /** Why this project cannot be trained now, each with its way out; empty: it can. */
  const obstacles = computed(() =>
    project.value
      ? obstaclesToTraining(
          project.value,
          network.value,
          [...problems.value, ...settingProblems.value],
          studioStore.datasets,
        )
      : [],
  );

  function current(): Timeline<Project> {
    if (timeline.value) return timeline.value;
    throw new StudioError({
      code: 'no-project',
      message: 'No project is open.',
      fix: 'Open a template first.',
    });
  }

  function change(label: string, changes: Partial<Project>, mergeKey: string | null = null): void {
    const line = current();
    timeline.value = advance(line, label, { ...line.present, ...changes }, mergeKey, Date.now());
  }

  /**
   * Shows another project; undo begins with it.
   * @param file where it lies, and the hash of what is there; null: in none
   * @param unsaved changes that are in no file: a number when there are any, though perhaps not how many; null: it is as its file is
   */
  function show(next: Project, file: ProjectFile | null, unsaved: number | null = null): void {
    timeline.value = beginTimeline(next);
    saved.value = unsaved === null ? next : null;
    earlierChanges.value = unsaved ?? 0;
    lieIn(file);
    savedAt.value = null;
    shown.value++;
    identity.value++;
  }

  function lieIn(file: ProjectFile | null): void {
    path.value = file?.path ?? null;
    hash.value = file?.hash ?? null;
    ui.projectPath = path.value;
  }

  /** The file now holds `written`, which may be older than what is shown. */
  function markSaved(written: Project, file: ProjectFile): void {
    saved.value = written;
    earlierChanges.value = 0;
    lieIn(file);
    savedAt.value = Date.now();
  }

  /**
   * The file now holds `written` under a new id: what is shown is that project from now on, with all its history, and the file before stays
   * the other one's.
   */
  function markSavedAs(written: Project, id: string, file: ProjectFile): void {
    const renewed = { ...written, id };
    timeline.value = mapTimeline(current(), (state) => (state === written ? renewed : { ...state, id }));
    markSaved(renewed, file);
    identity.value++;
  }

  /** Changes the design as one step of undo; see {@link advance} for `mergeKey`. @throws StudioError when the edit does not fit */
  function apply(edit: Edit, mergeKey?: string): void {
    const before = current().present.document;
    change(editLabel(before, edit), { document: applyEdit(before, edit).document }, mergeKey);
  }

  function undo(): void {
    timeline.value = stepBack(current());
    retraced.value++;
  }

  function redo(): void {
    timeline.value = stepForward(current());
    retraced.value++;
  }

  function setFamily(next: Family): void {
    if (next !== family.value) change(`switch to ${FAMILY_NAMES[next]}`, { family: next });
  }

  function setDataset(id: string): void {
    if (id !== project.value?.dataset) change('data set', { dataset: id });
  }

  /** Sets one training setting, and what hangs on it; `value` must fit its field (FieldInput sees to that). */
  function setTraining(key: SettingKey, value: FieldValue): void {
    const training = changeSettings(current().present.training, { [key]: value });
    change(trainingFields[key].label.toLowerCase(), { training }, `training.${key}`);
  }

  function rename(name: string): void {
    if (name !== project.value?.name) change('rename project', { name });
  }

  /** The settings of a preset with a share of the images that suits this device. */
  function withFirstSlice({ document: design, dataset, settings }: Preset): TrainingSettings {
    const description = studioStore.dataset(dataset);
    const lowered = lower(design, 'mcn').network;
    if (!description || !lowered) return settings;
    const { multiplyAdds } = profileOf(lowered).total;
    const speed = studioStore.device?.speed ?? null;
    return { ...settings, ...firstSlice(settings, description, multiplyAdds, speed) };
  }

  /** A new project from a preset; not saved yet. @throws StudioError preset-unknown */
  function openPreset(id: string): void {
    const preset = findPreset(id);
    if (!preset) {
      throw new StudioError({
        code: 'preset-unknown',
        message: `There is no template "${id}".`,
        fix: 'Choose one from Welcome.',
      });
    }
    const { name, document: design, dataset } = preset;
    show(
      {
        version: PROJECT_VERSION,
        id: crypto.randomUUID(),
        name,
        document: design,
        family: 'mcn',
        dataset,
        training: preset.start ? withFirstSlice(preset) : preset.settings,
      },
      null,
    );
  }

  function close(): void {
    timeline.value = null;
    saved.value = null;
    lieIn(null);
    savedAt.value = null;
    shown.value++;
    identity.value++;
  }

  return {
    project,
    path,
    hash,
    dirty,
    changes,
    savedAt,
    shown,
    identity,
    retraced,
    family,
    lowered,
    network,
    costs,
    profile,
    problems,
    hints,
    settingProblems,
    obstacles,
    canUndo: computed(() => undoLabel.value !== null),
    canRedo: computed(() => redoLabel.value !== null),
    undoLabel,
    redoLabel,
    apply,
    undo,
    redo,
    setFamily,
    setDataset,
    setTraining,
    rename,
    show,
    markSaved,
    markSavedAs,
    openPreset,
    close,
  };
});
