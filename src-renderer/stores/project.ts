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
import { studio } from '../bridge';
import { editLabel } from './edit-label';
import { useStudioStore } from './studio';
import { advance, beginTimeline, stepBack, stepForward, type Timeline } from './timeline';
import { obstaclesToTraining } from './training-obstacles';
import { useUiStore } from './ui';

/** The one open project: its design and settings, what follows from them, and undo over all of it. */
export const useProjectStore = defineStore('project', () => {
  const ui = useUiStore();
  const studioStore = useStudioStore();

  const timeline = shallowRef<Timeline<Project> | null>(null);
  /** As it lies in the file, or as it was made; by identity. */
  const saved = shallowRef<Project | null>(null);
  const path = shallowRef<string | null>(null);
  const savedAt = shallowRef<number | null>(null);

  let saving: { project: Project; done: Promise<void> } | null = null;

  const project = computed(() => timeline.value?.present ?? null);
  const document = computed(() => project.value?.document ?? null);
  const family = computed(() => project.value?.family ?? 'mcn');
  const dirty = computed(() => project.value !== saved.value);
  const undoLabel = computed(() => timeline.value?.past.at(-1)?.label ?? null);
  const redoLabel = computed(() => timeline.value?.future[0]?.label ?? null);

  const lowered = computed(() => (document.value ? lower(document.value, family.value) : null));
  const network = computed(() => lowered.value?.network ?? null);
  const profile = computed(() => (network.value ? profileOf(network.value) : null));
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

  function show(next: Project, from: string | null): void {
    timeline.value = beginTimeline(next);
    saved.value = next;
    path.value = from;
    savedAt.value = null;
    ui.projectPath = from;
  }

  /** Changes the design as one step of undo; see {@link advance} for `mergeKey`. @throws StudioError when the edit does not fit */
  function apply(edit: Edit, mergeKey?: string): void {
    const before = current().present.document;
    change(editLabel(before, edit), { document: applyEdit(before, edit).document }, mergeKey);
  }

  function undo(): void {
    timeline.value = stepBack(current());
  }

  function redo(): void {
    timeline.value = stepForward(current());
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

  /** @throws StudioError when the file cannot be read; the open project then stays */
  async function open(file: string): Promise<void> {
    const answer = await studio.request('projects.open', { path: file });
    show(answer.project, answer.path);
    await studioStore.loadRecent();
  }

  /**
   * Writes the project to its file, or to a new one in the home folder; one write at a time. What is asked for meanwhile is answered with
   * that write, or by one more after it when the project was changed since.
   * @throws StudioError when it cannot be written
   */
  async function save(): Promise<void> {
    const wanted = current().present;
    if (saving && saving.project !== wanted) {
      await saving.done.catch(() => undefined);
      if (project.value?.id === wanted.id) await save();
      return;
    }
    saving ??= { project: wanted, done: write(wanted).finally(() => (saving = null)) };
    await saving.done;
  }

  async function write(written: Project): Promise<void> {
    const answer = await studio.request('projects.save', { project: written, path: path.value });
    // Another project may have been opened meanwhile.
    if (project.value?.id === written.id) {
      saved.value = written;
      path.value = answer.path;
      savedAt.value = Date.now();
      ui.projectPath = answer.path;
    }
    await studioStore.loadRecent();
  }

  function close(): void {
    timeline.value = null;
    saved.value = null;
    path.value = null;
    savedAt.value = null;
    ui.projectPath = null;
  }

  return {
    project,
    path,
    dirty,
    savedAt,
    family,
    lowered,
    network,
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
    openPreset,
    open,
    save,
    close,
  };
});
