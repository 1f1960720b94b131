import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { bytesToFloats, floatsToBytes } from '@shared/packed/float-bytes';
import { readSafetensors, type SafetensorsFile } from '@shared/packed/safetensors/read-safetensors';
import { writeSafetensors, type TensorToWrite } from '@shared/packed/safetensors/write-safetensors';
import { StudioError } from '@shared/problem';
import { optimizerFields } from '@shared/training/optimizer-fields';
import type { TrainingState } from './training-state';
import { atomicWrite } from '../files/atomic-write';

/**
 * A checkpoint is a safetensors file with metadata {format, version, state} and the tensors "weight:LAYER/WEIGHT" (engine layout, running
 * statistics included), "slot:SLOT:LAYER/WEIGHT" (optimizer), "centers:LAYER" and, with a center loss, "mean:CLASS", all F32 and flat.
 * `state` is the JSON of what is no tensor. Version 2 knew no class means. Version 1 knew no optimizer but SGD either: its "slot:LAYER/WEIGHT" is the momentum, and its
 * state does not name the optimizer.
 */
const FORMAT = 'mcn-studio-checkpoint';
export const CHECKPOINT_VERSION = 3;

const OPTIMIZERS = optimizerFields.optimizer.options.map(({ value }) => value);

const firstStateSchema = z.object({
  step: z.int().nonnegative(),
  epoch: z.object({ loss: z.number(), correct: z.number(), count: z.number(), seconds: z.number() }),
  bestAccuracy: z.number().nullable(),
  lastAccuracy: z.number().nullable(),
  seconds: z.number(),
});

const stateSchema = firstStateSchema.extend({
  optimizer: z.object({ method: z.enum(OPTIMIZERS), steps: z.int().nonnegative() }),
});
type State = z.infer<typeof stateSchema>;

type Values = ReadonlyMap<string, Float32Array>;

function tensorsOf({ weights, optimizer, centers, classMeans }: TrainingState): TensorToWrite[] {
  const groups: [prefix: string, values: Values][] = [
    ['weight', weights],
    ...[...optimizer.slots].map(([slot, values]): [string, Values] => [`slot:${slot}`, values]),
    ['centers', centers],
    ['mean', classMeans],
  ];
  return groups.flatMap(([prefix, group]) =>
    [...group].map(([name, values]) => ({
      name: `${prefix}:${name}`,
      dtype: 'F32',
      shape: [values.length],
      bytes: floatsToBytes(values),
    })),
  );
}

/** Writes a checkpoint durably. @throws StudioError as atomicWrite does */
export async function writeCheckpoint(path: string, state: TrainingState): Promise<void> {
  const { step, epoch, bestAccuracy, lastAccuracy, seconds, optimizer } = state;
  const { method, steps } = optimizer;
  const scalars: State = { step, epoch, bestAccuracy, lastAccuracy, seconds, optimizer: { method, steps } };
  const metadata = {
    format: FORMAT,
    version: String(CHECKPOINT_VERSION),
    state: JSON.stringify(scalars),
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

/** The tensors whose names begin with `prefix`, by the rest of their names. */
function readGroup(file: SafetensorsFile, prefix: string): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of file.tensors) {
    if (name.startsWith(prefix)) values.set(name.slice(prefix.length), bytesToFloats(tensor.bytes));
  }
  return values;
}

/** Slots by slot name, then by weight name. */
function readSlots(file: SafetensorsFile): Map<string, Map<string, Float32Array>> {
  const slots = new Map<string, Map<string, Float32Array>>();
  for (const [name, values] of readGroup(file, 'slot:')) {
    const end = name.indexOf(':');
    const slot = name.slice(0, end);
    const own = slots.get(slot) ?? new Map<string, Float32Array>();
    slots.set(slot, own.set(name.slice(end + 1), values));
  }
  return slots;
}

function readState(path: string, file: SafetensorsFile): { version: number; state: State } {
  if (file.metadata.get('format') !== FORMAT) throw damaged(path, 'it is no checkpoint of MCN Studio');
  const version = Number(file.metadata.get('version'));
  if (!Number.isInteger(version) || version < 1 || version > CHECKPOINT_VERSION) {
    const found = file.metadata.get('version') ?? 'none';
    throw damaged(path, `it has version ${found}; this studio reads 1 to ${CHECKPOINT_VERSION}`);
  }
  try {
    const state: unknown = JSON.parse(file.metadata.get('state') ?? '');
    if (version > 1) return { version, state: stateSchema.parse(state) };
    const first = firstStateSchema.parse(state);
    return { version, state: { ...first, optimizer: { method: 'sgd', steps: first.step } } };
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
  const { version, state } = readState(path, file);
  const slots = version === 1 ? new Map([['momentum', readGroup(file, 'slot:')]]) : readSlots(file);
  return {
    ...state,
    optimizer: { ...state.optimizer, slots },
    weights: readGroup(file, 'weight:'),
    centers: readGroup(file, 'centers:'),
    classMeans: readGroup(file, 'mean:'),
  };
}
