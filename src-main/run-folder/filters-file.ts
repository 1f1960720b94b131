import { readFile } from 'node:fs/promises';
import { decodeFrame, encodeFrame } from '@shared/contract/wire';
import { filtersSchema, type FiltersEvent } from '@shared/training/engine-event';
import { atomicWrite } from '../files/atomic-write';

/** Replaces the newest snapshot of the filters; the file is one frame of contract/wire.ts. */
export async function writeFilters(path: string, filters: FiltersEvent): Promise<void> {
  await atomicWrite(path, encodeFrame(filters));
}

/** The newest snapshot; null when there is none that can be read (it is a convenience: checkpoints hold the filters). */
export async function readFilters(path: string): Promise<FiltersEvent | null> {
  try {
    return filtersSchema.parse(decodeFrame(await readFile(path)));
  } catch {
    return null;
  }
}
