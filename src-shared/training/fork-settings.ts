import type { Problem } from '../problem';
import { warmupEpochs } from './schedule';
import { checkSettings, trainingFields, type SettingKey, type TrainingSettings } from './settings';
import { optimizerLabel } from './optimizer-fields';

/** The checkpoint that a fork goes on from. */
export interface ForkPoint {
  /** Steps done, and how many make an epoch. */
  step: number;
  stepsPerEpoch: number;
  /** Its filters; "none" where the network has no binary ones (U-MCN, WRN). */
  filters: 'float' | 'binary' | 'none';
}

/** Settings that a fork shares with its parent, and why. */
const SHARED: Partial<Record<SettingKey, string>> = {
  batchSize:
    'a fork goes on counting its steps where the checkpoint was, and batches of another size are other steps',
  limitTrain:
    'a fork goes on counting its steps where the checkpoint was, and other images make other epochs',
  limitTest: 'its accuracies are compared with those before the checkpoint, on the same images',
  modulationStart: 'the M-Filters have started already',
};

/** Why a fork from a checkpoint cannot have another value of a setting than its parent; null: it can. */
export function whyShared(key: SettingKey, filters: ForkPoint['filters']): string | null {
  if (key === 'warmupEpochs' && filters === 'binary') return 'the filters are binary already';
  return SHARED[key] ?? null;
}

function text(value: unknown): string {
  return value === null ? 'empty' : String(value as number | string);
}

/** A problem with the setting `key`, which is to be what it was in the parent. */
function keeps(key: SettingKey, parent: TrainingSettings, why: string): Problem {
  return {
    code: 'fork-setting',
    message: `${trainingFields[key].label} (${key}) cannot change in a fork: ${why}.`,
    fix: `Leave it at ${text(parent[key])}, or start a new run.`,
    field: key,
  };
}

function tooFewEpochs(epochs: number, done: number): Problem {
  return {
    code: 'fork-done',
    message: `The checkpoint has ${done} epochs already, and the fork would end after ${epochs}.`,
    fix: `Set epochs to ${done + 1} or more, or choose an earlier checkpoint.`,
    field: 'epochs',
  };
}

function warmupProblem(wanted: TrainingSettings, { step, stepsPerEpoch }: ForkPoint): Problem | null {
  const warmup = warmupEpochs(wanted);
  if (warmup * stepsPerEpoch >= step) return null;
  const first = Math.ceil(step / stepsPerEpoch);
  return {
    code: 'fork-warmup',
    message: `Binary after epoch (warmupEpochs) is ${warmup}, but the checkpoint is past it with float filters: they would not become binary.`,
    fix: `Set it to ${first} or more.`,
    field: 'warmupEpochs',
  };
}

/** Said when the slots of the parent's optimizer are of no use to the fork's; null when it has the same method. */
export function slotsNotice(before: TrainingSettings, after: TrainingSettings): Problem | null {
  if (before.optimizer === after.optimizer) return null;
  const [old, own] = [optimizerLabel(before.optimizer), optimizerLabel(after.optimizer)];
  return {
    code: 'slots-anew',
    message: `The checkpoint was trained with ${old}; this run goes on with ${own}, whose slots start from zero.`,
    severity: 'warning',
  };
}

/**
 * The settings of a fork, completed and checked, as {@link checkSettings} does, and against the checkpoint. Filters that are binary already
 * stay so: the length of their warm-up is the parent's, written out.
 */
export function forkSettings(
  parent: TrainingSettings,
  wanted: TrainingSettings,
  point: ForkPoint,
): { settings: TrainingSettings; problems: Problem[] } {
  const { settings, problems } = checkSettings(wanted);
  for (const key of Object.keys(trainingFields) as SettingKey[]) {
    const why = whyShared(key, point.filters);
    if (why !== null && settings[key] !== parent[key]) problems.push(keeps(key, parent, why));
  }
  const done = Math.floor(point.step / point.stepsPerEpoch);
  if (settings.epochs <= done) problems.push(tooFewEpochs(settings.epochs, done));
  if (point.filters === 'float') {
    const problem = warmupProblem(settings, point);
    if (problem) problems.push(problem);
  }
  if (point.filters !== 'binary') return { settings, problems };
  return { settings: { ...settings, warmupEpochs: warmupEpochs(parent) }, problems };
}
