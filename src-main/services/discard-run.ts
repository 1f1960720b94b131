import { rm } from 'node:fs/promises';
import type { Home } from './home';
import { unregisterRun } from './registered-runs';

/** Removes the folder of a run that never made a step, so that nothing half-made stays behind. */
export async function discardRun(home: Home, dir: string): Promise<void> {
  await unregisterRun(home, dir);
  await rm(dir, { recursive: true, force: true });
}
