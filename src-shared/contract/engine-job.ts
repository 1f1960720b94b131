import { z } from 'zod';
import { FAMILIES } from '../graph/family';
import { ledgerSchema } from '../packed/ledger';
import { problemSchema, trainEventSchema } from '../training/engine-event';
import { inspectedDataSchema } from './dataset-methods';
import { DEVICE_NAMES, deviceIdentitySchema, deviceReportSchema, fallbackSchema } from './device';

/** Which weights of a run: the newest, the best binarized epoch, or the end of epoch N. */
export const checkpointChoiceSchema = z.union([z.enum(['last', 'best']), z.int().positive()]);
export type CheckpointChoice = z.infer<typeof checkpointChoiceSchema>;

/** A model to look at: a run folder at a checkpoint, or a packed file. Paths are absolute. */
export const modelSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), runDir: z.string(), checkpoint: checkpointChoiceSchema }),
  z.object({ kind: z.literal('packed'), file: z.string() }),
]);
export type ModelSource = z.infer<typeof modelSourceSchema>;

/** What one engine process is started for. Everything else it needs lies in the run folder. */
export const engineJobSchema = z.discriminatedUnion('type', [
  /** Trains the run of a folder, from its last checkpoint if there is one. */
  z.object({
    type: z.literal('train'),
    runDir: z.string(),
    resourcesDir: z.string(),
    /** The GPU that was measured to be faster than the CPU, for runs whose device is `auto`; null: none was. */
    gpu: z.enum(DEVICE_NAMES).nullable(),
  }),
  z.object({
    type: z.literal('evaluate'),
    source: modelSourceSchema,
    resourcesDir: z.string(),
    /** Data set name or folder; null: the run's own. */
    data: z.string().nullable(),
    limitTest: z.int().positive().nullable(),
    device: z.string(),
    threads: z.int().nonnegative(),
    /** File for the logits, float32 [count, classes] as .npy; null: none. */
    logits: z.string().nullable(),
  }),
  z.object({
    type: z.literal('export'),
    runDir: z.string(),
    checkpoint: checkpointChoiceSchema,
    format: z.literal('packed'),
    out: z.string(),
  }),
  /** Loads an exported file again and compares it with the checkpoint it came from, image by image. */
  z.object({
    type: z.literal('prove'),
    runDir: z.string(),
    /** The step whose checkpoint the file was made of. */
    step: z.int().nonnegative(),
    file: z.string(),
    resourcesDir: z.string(),
  }),
  /** Looks at a data set without training on it. `place` is a full path. */
  z.object({ type: z.literal('inspect-data'), place: z.string(), resourcesDir: z.string() }),
  /** Tries one device, which may end the process; `aside`: other processes that want the CPU go first. */
  z.object({ type: z.literal('probe'), device: z.enum(DEVICE_NAMES), aside: z.boolean() }),
  /** Steps on noise with binary filters, one for each command, for benchmarks. */
  z.object({
    type: z.literal('bench'),
    /** A preset, or "mcconv-forward": one modulated convolution, 16 -> 16 maps of 32 x 32, forward only. */
    workload: z.string(),
    family: z.enum(FAMILIES),
    batch: z.int().positive(),
    /** Multiplies the maps of every layer. */
    width: z.int().positive(),
    device: z.string(),
    threads: z.int().nonnegative(),
  }),
]);
export type EngineJob = z.infer<typeof engineJobSchema>;

/** What a training process can be told. */
export const RUN_COMMANDS = ['pause', 'resume', 'stop', 'checkpoint'] as const;
export type RunCommand = (typeof RUN_COMMANDS)[number];

/** What a benchmark can be told besides "stop". */
export const BENCH_COMMANDS = ['step', 'profile'] as const;
export type EngineCommand = RunCommand | (typeof BENCH_COMMANDS)[number];

/** Whether a command is one for training. */
export function isRunCommand(command: EngineCommand): command is RunCommand {
  return (RUN_COMMANDS as readonly string[]).includes(command);
}

/** To the engine: first the job, then commands. */
export const engineInputSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), job: engineJobSchema }),
  z.object({ type: z.literal('command'), command: z.enum([...RUN_COMMANDS, ...BENCH_COMMANDS]) }),
]);
export type EngineInput = z.infer<typeof engineInputSchema>;

export const evaluationSchema = z.object({
  type: z.literal('evaluated'),
  accuracy: z.number(),
  loss: z.number(),
  count: z.int(),
  binarized: z.boolean(),
  deviceDescription: z.string(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const exportedSchema = z.object({
  type: z.literal('exported'),
  path: z.string(),
  /** Step of the checkpoint that it was made of; "last" may mean a later one by now. */
  step: z.int().nonnegative(),
  ledger: ledgerSchema,
  /** Said when the checkpoint was not binarized and its centers were fitted for the export. */
  notices: z.array(problemSchema),
});
export type Exported = z.infer<typeof exportedSchema>;

/** Checkpoint and exported file on the same test images. */
export const proofSchema = z.object({
  type: z.literal('proved'),
  checkpoint: evaluationSchema,
  file: evaluationSchema,
  /** Largest difference of two logits, relative to the largest logit of the checkpoint. */
  logitDifference: z.number(),
  /** Images that both classify alike. */
  agreeing: z.int(),
});
export type Proof = z.infer<typeof proofSchema>;

/** A benchmark that is ready for its first step. */
export const benchReadySchema = z.object({
  type: z.literal('bench-ready'),
  device: z.object({
    name: z.string(),
    description: z.string(),
    identity: deviceIdentitySchema,
    fellBack: fallbackSchema.nullable(),
  }),
  /** What a peer must build and train (engine/training/bench-peer.ts), handed on as it is; null for a single kernel. */
  peer: z.unknown(),
  /** Multiply-adds of a step's forward pass with reconstructed filters, over the batch. */
  denseMultiplyAdds: z.number(),
});
export type BenchReady = z.infer<typeof benchReadySchema>;

export const benchStepSchema = z.object({
  type: z.literal('bench-step'),
  milliseconds: z.number(),
  /** Loss of the step; null for a single kernel. */
  loss: z.number().nullable(),
  /** The most memory that the process ever held. */
  peakBytes: z.number(),
});
export type BenchStep = z.infer<typeof benchStepSchema>;

/** Where the time of one step goes, the slowest kernel first; what is not in kernels is the engine's own. */
export const benchProfileSchema = z.object({
  type: z.literal('bench-profile'),
  milliseconds: z.number(),
  kernels: z.array(z.object({ name: z.string(), calls: z.number(), milliseconds: z.number() })),
});
export type BenchProfile = z.infer<typeof benchProfileSchema>;

/** From the engine: training events, and the answers of the other jobs. `progress` counts images. */
export const engineOutputSchema = z.union([
  trainEventSchema,
  evaluationSchema,
  exportedSchema,
  proofSchema,
  /** The last word of every process: the job is done and everything is written, or why not. */
  z.object({ type: z.literal('done') }),
  z.object({ type: z.literal('failed-job'), problem: problemSchema }),
  z.object({ type: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ type: z.literal('device'), report: deviceReportSchema }),
  inspectedDataSchema,
  benchReadySchema,
  benchStepSchema,
  benchProfileSchema,
]);
export type EngineOutput = z.infer<typeof engineOutputSchema>;
