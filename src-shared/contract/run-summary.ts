import { z } from 'zod';
import { FAMILIES } from '../graph/family';
import { RUN_STATES } from '../training/engine-event';
import { checkpointChoiceSchema } from './engine-job';

/** Where a fork comes from. The parent may be gone by now; the fork stands alone. */
export const parentSchema = z.object({
  /** Id and name of the parent run. */
  id: z.string(),
  name: z.string(),
  /** The checkpoint as it was asked for, and what that was then: steps and whole epochs done. */
  checkpoint: checkpointChoiceSchema,
  step: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
});
export type RunParent = z.infer<typeof parentSchema>;

/** "fork of NAME after epoch N". */
export function parentWords({ name, epoch, step }: RunParent): string {
  return `fork of ${name} after ${epoch === 0 ? `step ${step}` : `epoch ${epoch}`}`;
}

/** One line about a run, for lists and the title bar. */
export const runSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  dir: z.string(),
  createdAt: z.string(),
  family: z.enum(FAMILIES),
  dataset: z.string(),
  state: z.enum(RUN_STATES),
  epochs: z.int(),
  epochsDone: z.int(),
  step: z.int(),
  totalSteps: z.int().nullable(),
  testAccuracy: z.number().nullable(),
  /** Whether a checkpoint is there to resume from or export. */
  hasCheckpoint: z.boolean(),
  /** The run that it is a fork of. */
  parent: parentSchema.nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
