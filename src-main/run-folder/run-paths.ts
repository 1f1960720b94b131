import { join } from 'node:path';

/** Files of a run folder (README, "A run is a folder"). */
export interface RunPaths {
  dir: string;
  /** What the run was made of: name, settings, versions. */
  manifest: string;
  document: string;
  network: string;
  /** Device and data as the engine found them. */
  environment: string;
  /** State changes, one JSON object a line. */
  events: string;
  /** Scalars of every step. */
  metrics: string;
  /** The newest snapshot of the filters. */
  filters: string;
  /** Says which process trains here. */
  lock: string;
  checkpoints: string;
  checkpointIndex: string;
  exports: string;
}

/** The files of the run in `dir`. */
export function runPaths(dir: string): RunPaths {
  const checkpoints = join(dir, 'checkpoints');
  return {
    dir,
    manifest: join(dir, 'run.json'),
    document: join(dir, 'document.json'),
    network: join(dir, 'network.json'),
    environment: join(dir, 'environment.json'),
    events: join(dir, 'events.jsonl'),
    metrics: join(dir, 'metrics.bin'),
    filters: join(dir, 'filters.bin'),
    lock: join(dir, 'lock.json'),
    checkpoints,
    checkpointIndex: join(checkpoints, 'index.json'),
    exports: join(dir, 'exports'),
  };
}
