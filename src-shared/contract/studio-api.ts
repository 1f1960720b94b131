import { z } from 'zod';
import { byteArray, float64Array } from '../fields/typed-array-schemas';
import { FAMILIES } from '../graph/family';
import { documentSchema } from '../graph/document-schema';
import { networkSchema } from '../network/network-schema';
import { METRIC_COLUMNS } from '../training/metrics';
import {
  centersSchema,
  checkpointSchema,
  epochSchema,
  filtersSchema,
  finishedSchema,
  planSchema,
  problemSchema,
  trainEventSchema,
} from '../training/engine-event';
import { settingsSchema } from '../training/settings-schema';
import { datasetMethods } from './dataset-methods';
import { deviceReportSchema } from './device';
import { checkpointChoiceSchema, exportedSchema, proofSchema, RUN_COMMANDS } from './engine-job';
import { fileMethods } from './file-methods';
import { projectMethods } from './project-methods';
import { runSummarySchema } from './run-summary';

const nothing = z.object({});
const runId = z.object({ run: z.string() });

/** A run as a window first sees it: `sequence` is the number of the last event that is already folded in. */
export const runSnapshotSchema = z.object({
  summary: runSummarySchema,
  document: documentSchema,
  network: networkSchema,
  settings: settingsSchema,
  sequence: z.int(),
  plan: planSchema.nullable(),
  metrics: z.object({
    first: z.int(),
    count: z.int(),
    columns: z.record(z.enum(METRIC_COLUMNS), float64Array),
  }),
  epochs: z.array(epochSchema),
  centers: z.array(centersSchema),
  checkpoints: z.array(checkpointSchema),
  notices: z.array(z.object({ step: z.int(), problem: problemSchema })),
  filters: filtersSchema.nullable(),
  finished: finishedSchema.nullable(),
  failure: problemSchema.nullable(),
});
export type RunSnapshot = z.infer<typeof runSnapshotSchema>;

/** What a new run is made of; the main side lowers the document itself and trusts nothing. */
export const startRunSchema = z.object({
  name: z.string().min(1).max(120),
  projectId: z.string().nullable(),
  document: documentSchema,
  family: z.enum(FAMILIES),
  dataset: z.string(),
  settings: settingsSchema,
});
export type StartRun = z.infer<typeof startRunSchema>;

/** A checkpoint that can be chosen; `epoch` and its accuracy are null for one in the midst of an epoch. */
const checkpointEntrySchema = z.object({
  choice: checkpointChoiceSchema,
  step: z.int().nonnegative(),
  epoch: z.int().positive().nullable(),
  testAccuracy: z.number().nullable(),
});
export type CheckpointEntry = z.infer<typeof checkpointEntrySchema>;

/** Every request of a window: its name on the wire, its parameters, its answer. Shells and stores derive from this table. */
export const methods = {
  'studio.info': {
    params: nothing,
    result: z.object({
      version: z.string(),
      shell: z.enum(['electron', 'browser']),
      /** Why the studio is not in a window of its own; null when it is, or when that was asked for. */
      shellReason: z.string().nullable(),
      home: z.string(),
      platform: z.string(),
    }),
  },
  /** The menu outside of the window can do these of its commands now and no others; nothing where there is none. */
  'menu.enable': { params: z.object({ commands: z.array(z.string()) }), result: nothing },
  'devices.list': { params: nothing, result: z.array(deviceReportSchema) },
  ...datasetMethods,
  ...fileMethods,
  ...projectMethods,
  'runs.list': { params: nothing, result: z.array(runSummarySchema) },
  'runs.start': { params: startRunSchema, result: runId },
  'runs.resume': { params: runId, result: runId },
  /** The checkpoints of a run that are there, each once: the last, the best, then epochs, the newest first. */
  'runs.checkpoints': { params: runId, result: z.array(checkpointEntrySchema) },
  /** Makes a new run that goes on from a checkpoint of another one, with other settings, and starts it. */
  'runs.fork': {
    params: z.object({
      run: z.string(),
      checkpoint: checkpointChoiceSchema,
      /** null: the name of the other one. */
      name: z.string().min(1).max(120).nullable(),
      settings: settingsSchema,
    }),
    result: runId,
  },
  'runs.command': { params: z.object({ run: z.string(), command: z.enum(RUN_COMMANDS) }), result: nothing },
  /** Answers with a snapshot; `run` events with higher sequence numbers follow until unsubscribed. */
  'runs.subscribe': { params: runId, result: runSnapshotSchema },
  'runs.unsubscribe': { params: runId, result: nothing },
  /** Writes the packed model into the run's exports folder. */
  'exports.packed': {
    params: z.object({ run: z.string(), checkpoint: checkpointChoiceSchema }),
    result: exportedSchema,
  },
  /** Loads the written file again and compares it with the checkpoint of the step it was made of, on the run's test set; takes as long as two evaluations. */
  'exports.prove': {
    params: z.object({ run: z.string(), step: z.int().nonnegative(), path: z.string() }),
    result: proofSchema,
  },
  /** Ends the export or proof that a run is busy with; its request then fails with "cancelled". */
  'exports.cancel': { params: runId, result: nothing },
  /** Bytes of a file that exports.packed wrote, so that a browser can save them where the person wants. */
  'exports.read': {
    params: z.object({ run: z.string(), path: z.string() }),
    result: z.object({ name: z.string(), bytes: byteArray }),
  },
} as const;

export type MethodName = keyof typeof methods;
export type ParamsOf<M extends MethodName> = z.infer<(typeof methods)[M]['params']>;
export type ResultOf<M extends MethodName> = z.infer<(typeof methods)[M]['result']>;

/** What the main side tells unasked. */
export const notifications = {
  /** An event of a subscribed run. Sequence numbers of one run rise by one. */
  'run.event': z.object({ run: z.string(), sequence: z.int(), event: trainEventSchema }),
  /** A run appeared or its summary changed. */
  'run.summary': runSummarySchema,
  /** How far the download of a data set is, in bytes. */
  'datasets.progress': z.object({ id: z.string(), done: z.int(), total: z.int() }),
  /** Other data sets are here, or can be fetched, than before. */
  'datasets.changed': nothing,
  /** How far the export or proof of a run is, in images. */
  'exports.progress': z.object({ run: z.string(), done: z.int(), total: z.int() }),
  /** A person chose a command in a menu outside of the window. */
  'command.chosen': z.object({ id: z.string() }),
} as const;

export type NotificationName = keyof typeof notifications;
export type NotificationOf<N extends NotificationName> = z.infer<(typeof notifications)[N]>;

/** The studio's whole interface, implemented once in services and called by every shell. Failures are StudioErrors. */
export type StudioApi = {
  [M in MethodName]: (params: ParamsOf<M>, client: ClientId) => ResultOf<M> | Promise<ResultOf<M>>;
};

/** One window (or browser tab). Subscriptions belong to it and end with it. */
export type ClientId = string;

/** A request as it crosses to the main side, and its answer; `id` pairs them. */
export type RequestMessage = { id: number; method: string; params: unknown };
export type ResponseMessage =
  | { id: number; ok: true; result: unknown }
  | { id: number; ok: false; problem: z.infer<typeof problemSchema> };
export type NotificationMessage = { notification: string; payload: unknown };
export type ServerMessage = ResponseMessage | NotificationMessage;
