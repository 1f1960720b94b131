import type { Family } from '@shared/graph/family';
import type { Field } from '@shared/fields/field';
import { imageFolderFields } from '@shared/training/image-folder-fields';
import { trainingFields, type SettingKey, type TrainingSettings } from '@shared/training/settings';

/** A setting as a form shows it. */
export interface FormField {
  key: SettingKey;
  field: Field;
}

/** Settings under one head. */
export interface FieldGroup {
  name: string;
  fields: FormField[];
}

const SCHEDULE_FIELDS: Partial<Record<SettingKey, readonly TrainingSettings['schedule'][]>> = {
  stepEpochs: ['step'],
  milestones: ['milestones'],
  decayFactor: ['step', 'milestones'],
};

const OPTIMIZER_FIELDS: Partial<Record<SettingKey, readonly TrainingSettings['optimizer'][]>> = {
  momentum: ['sgd'],
  beta1: ['adam'],
  beta2: ['adam'],
  rho: ['adadelta'],
  epsilon: ['adam', 'adadelta'],
};

/** Settings of binary filters (only MCN has them) and of M-Filters (WRN has none). */
const FAMILY_FIELDS: Partial<Record<SettingKey, readonly Family[]>> = {
  filterLoss: ['mcn'],
  filterLossForm: ['mcn'],
  centerLoss: ['mcn'],
  centerLossFromEpoch: ['mcn'],
  discreteTerm: ['mcn'],
  mGradient: ['mcn'],
  warmupEpochs: ['mcn'],
  refitEvery: ['mcn'],
  modulationRate: ['mcn', 'umcn'],
  modulationStart: ['mcn', 'umcn'],
};

/** WebAssembly has one thread, and what computes on a graphics card has its own. */
const DEVICES_WITH_THREADS: readonly TrainingSettings['device'][] = ['auto', 'cpu', 'cpu-native'];

/** What a run is made of beside its settings, as far as it decides which of them matter. */
export interface RunKind {
  family: Family;
  /** Whether the data set is a folder of images. */
  imageFolder: boolean;
}

/** Whether a setting changes anything in a run of this kind with these settings. */
export function isRelevant(key: SettingKey, settings: TrainingSettings, kind: RunKind): boolean {
  const schedules = SCHEDULE_FIELDS[key];
  const optimizers = OPTIMIZER_FIELDS[key];
  const families = FAMILY_FIELDS[key];
  if (key === 'centerLossFromEpoch' && settings.centerLoss === 0) return false;
  if (Object.hasOwn(imageFolderFields, key) && !kind.imageFolder) return false;
  if (key === 'trainCrop' && settings.imageFit === 'stored') return false;
  if (key === 'classSeed' && settings.classDraw === null) return false;
  if (key === 'threads' && !DEVICES_WITH_THREADS.includes(settings.device)) return false;
  return (
    (!schedules || schedules.includes(settings.schedule)) &&
    (!optimizers || optimizers.includes(settings.optimizer)) &&
    (!families || families.includes(kind.family))
  );
}

/**
 * The settings that matter, by group. A group stands where its last field stands among all settings, so that what ends the list (seed,
 * device, threads) comes last; groups without a field that matters are left out.
 */
export function relevantGroups(settings: TrainingSettings, kind: RunKind): FieldGroup[] {
  const groups = new Map<string, FormField[]>();
  for (const [key, field] of Object.entries(trainingFields) as [SettingKey, Field][]) {
    const name = field.group ?? '';
    const fields = groups.get(name) ?? [];
    groups.delete(name);
    groups.set(name, fields);
    if (isRelevant(key, settings, kind)) fields.push({ key, field });
  }
  return [...groups].map(([name, fields]) => ({ name, fields })).filter((group) => group.fields.length > 0);
}
