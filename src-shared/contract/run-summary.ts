import { z } from 'zod';
import { FAMILIES } from '../graph/family';
import { RUN_STATES } from '../training/engine-event';

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
});
export type RunSummary = z.infer<typeof runSummarySchema>;
