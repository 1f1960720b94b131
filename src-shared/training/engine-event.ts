import { z } from 'zod';
import { float32Array, float64Array, uint32Array } from '../fields/typed-array-schemas';
import { METRIC_COLUMNS } from './metrics';

/** A problem as it crosses a process. */
export const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
  fix: z.string().optional(),
  path: z.string().optional(),
  node: z.string().optional(),
  port: z.string().optional(),
  field: z.string().optional(),
  severity: z.enum(['error', 'warning', 'hint']).optional(),
});

const count = z.int().nonnegative();

/** What a run is going to do, told before the first step (again after a resume). */
export const planSchema = z.object({
  type: z.literal('plan'),
  epochs: count,
  stepsPerEpoch: count,
  totalSteps: count,
  /** The step before which the filters become binary; totalSteps if never (U-MCN, WRN). */
  binarizeStep: count,
  /** Steps already done when this process began. */
  startStep: count,
  trainCount: count,
  testCount: count,
  device: z.string(),
  deviceDescription: z.string(),
});

/** Consecutive steps; never a gap, never dropped. */
export const stepsSchema = z.object({
  type: z.literal('steps'),
  first: count,
  count,
  columns: z.record(z.enum(METRIC_COLUMNS), float64Array),
});

/** One epoch done and tested on the whole (limited) test set. */
export const epochSchema = z.object({
  type: z.literal('epoch'),
  /** 1 for the first epoch. */
  epoch: count,
  step: count,
  trainLoss: z.number(),
  trainAccuracy: z.number(),
  testLoss: z.number(),
  testAccuracy: z.number(),
  /** Whether the test ran with binary filters. */
  binarized: z.boolean(),
  best: z.boolean(),
  seconds: z.number(),
});

/** The filters of one MCconv layer at one moment. */
export const layerFiltersSchema = z.object({
  /** Network node id and its name. */
  node: z.string(),
  name: z.string(),
  planes: count,
  kernel: count,
  /** Learned M-Filter, [K, y, x]. */
  modulation: float32Array,
  /** Ascending centers; empty during the warm-up and without binarization. */
  centers: float32Array,
  /** Latent weights C: counts in equal bins from `low` to `high`. */
  histogram: z.object({ low: z.number(), high: z.number(), counts: uint32Array }),
  /** Share of weights at each center. */
  centerShares: float32Array,
  /** Share of weights whose center changed since the last snapshot; null without one. */
  flipRate: z.number().nullable(),
  /** sqrt(sum_j ||C - C^ M_j||^2 / (K ||C||^2)). */
  reconstructionError: z.number(),
  /** Mean correlation between the planes of M, 1 if all are copies; null where there is none to tell: K = 1, or one value a plane. */
  planeCorrelation: z.number().nullable(),
});

export const filtersSchema = z.object({
  type: z.literal('filters'),
  step: count,
  layers: z.array(layerFiltersSchema),
});

/** Centers fitted (again); `step` is the first that uses them. */
export const centersSchema = z.object({
  type: z.literal('centers'),
  step: count,
  first: z.boolean(),
  layers: z.array(z.object({ node: z.string(), name: z.string(), centers: float32Array })),
});

export const checkpointSchema = z.object({
  type: z.literal('checkpoint'),
  /** File name inside the run's checkpoints folder. */
  file: z.string(),
  step: count,
  best: z.boolean(),
});

/** Where a run stands. `preparing` loads data and builds; `stopped` was asked for; `interrupted` lost its process. */
export const RUN_STATES = [
  'queued',
  'preparing',
  'training',
  'testing',
  'paused',
  'finished',
  'stopped',
  'failed',
  'interrupted',
] as const;
export type RunState = (typeof RUN_STATES)[number];

export const stateSchema = z.object({ type: z.literal('state'), state: z.enum(RUN_STATES), step: count });

/** Something a person should know; does not stop the run. */
export const noticeSchema = z.object({ type: z.literal('notice'), step: count, problem: problemSchema });

/** The run is complete (or stopped early on request: then `epochs` is what was done). */
export const finishedSchema = z.object({
  type: z.literal('finished'),
  runDir: z.string(),
  epochs: z.number(),
  step: count,
  /** Of the last epoch; null when not one epoch was done. */
  testAccuracy: z.number().nullable(),
  seconds: z.number(),
});

export const failedSchema = z.object({ type: z.literal('failed'), step: count, problem: problemSchema });

/** Everything a training process tells. */
export const trainEventSchema = z.discriminatedUnion('type', [
  planSchema,
  stepsSchema,
  epochSchema,
  filtersSchema,
  centersSchema,
  checkpointSchema,
  stateSchema,
  noticeSchema,
  finishedSchema,
  failedSchema,
]);

export type TrainEvent = z.infer<typeof trainEventSchema>;
export type PlanEvent = z.infer<typeof planSchema>;
export type StepsEvent = z.infer<typeof stepsSchema>;
export type EpochEvent = z.infer<typeof epochSchema>;
export type FiltersEvent = z.infer<typeof filtersSchema>;
export type LayerFilters = z.infer<typeof layerFiltersSchema>;
export type CheckpointEvent = z.infer<typeof checkpointSchema>;
export type CentersEvent = z.infer<typeof centersSchema>;
export type FinishedEvent = z.infer<typeof finishedSchema>;
