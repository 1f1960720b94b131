import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { bytesToFloats, floatsToBytes } from '@shared/packed/float-bytes';
import { readSafetensors, type SafetensorsFile } from '@shared/packed/safetensors/read-safetensors';
import { writeSafetensors, type TensorToWrite } from '@shared/packed/safetensors/write-safetensors';
import { StudioError } from '@shared/problem';
import type { TrainingState } from './training-state';
import { atomicWrite } from '../files/atomic-write';

/**
 * A checkpoint is a safetensors file with metadata {format, version, state} and the tensors "weight:LAYER/WEIGHT" (engine layout, running
 * statistics included), "slot:LAYER/WEIGHT" (optimizer) and "centers:LAYER", all F32 and flat. `state` is the JSON of what is no tensor.
 */
const FORMAT = 'mcn-studio-checkpoint';
const VERSION = '1';

const stateSchema = z.object({
  step: z.int().nonnegative(),
  epoch: z.object({ loss: z.number(), correct: z.number(), count: z.number(), seconds: z.number() }),
  bestAccuracy: z.number().nullable(),
  lastAccuracy: z.number().nullable(),
  seconds: z.number(),
});

const GROUPS = { weight: 'weights', slot: 'slots', centers: 'centers' } as const;
type Group = keyof typeof GROUPS;

function tensorsOf(state: TrainingState): TensorToWrite[] {
  return (Object.keys(GROUPS) as Group[]).flatMap((group) =>
    [...state[GROUPS[group]]].map(([name, values]) => ({
      name: `${group}:${name}`,
      dtype: 'F32',
      shape: [values.length],
      bytes: floatsToBytes(values),
    })),
  );
}

/** Writes a checkpoint durably. @throws StudioError as atomicWrite does */
export async function writeCheckpoint(path: string, state: TrainingState): Promise<void> {
  const { step, epoch, bestAccuracy, lastAccuracy, seconds } = state;
  const metadata = {
    format: FORMAT,
    version: VERSION,
    state: JSON.stringify({ step, epoch, bestAccuracy, lastAccuracy, seconds }),
  };
  await atomicWrite(path, writeSafetensors(metadata, tensorsOf(state)).bytes);
}

function damaged(path: string, why: string, cause?: unknown): StudioError {
  return new StudioError(
    {
      code: 'checkpoint-damaged',
      message: `The checkpoint ${path} cannot be used: ${why}.`,
      fix: 'Use another checkpoint of this run.',
      path,
    },
    { cause },
  );
}

function readGroup(file: SafetensorsFile, group: Group): Map<string, Float32Array> {
  const prefix = `${group}:`;
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of file.tensors) {
    if (name.startsWith(prefix)) values.set(name.slice(prefix.length), bytesToFloats(tensor.bytes));
  }
  return values;
}

function readState(path: string, file: SafetensorsFile): z.infer<typeof stateSchema> {
  if (file.metadata.get('format') !== FORMAT) throw damaged(path, 'it is no checkpoint of MCN Studio');
  const version = file.metadata.get('version');
  if (version !== VERSION)
    throw damaged(path, `it has version ${version ?? 'none'}; this studio reads ${VERSION}`);
  try {
    return stateSchema.parse(JSON.parse(file.metadata.get('state') ?? ''));
  } catch (error) {
    throw damaged(path, 'its state is damaged', error);
  }
}

/** Reads a checkpoint. @throws StudioError checkpoint-damaged */
export async function readCheckpoint(path: string): Promise<TrainingState> {
  let file: SafetensorsFile;
  try {
    file = readSafetensors(new Uint8Array(await readFile(path)), path);
  } catch (error) {
    throw damaged(path, (error as Error).message.replace(/\.$/, ''), error);
  }
  const { epoch, ...rest } = readState(path, file);
  return {
    ...rest,
    epoch,
    weights: readGroup(file, 'weight'),
    slots: readGroup(file, 'slot'),
    centers: readGroup(file, 'centers'),
  };
}
