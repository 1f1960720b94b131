import type { Network } from '@shared/network/network';
import type { Problem } from '@shared/problem';
import type { TrainEvent } from '@shared/training/engine-event';
import type { TrainingSettings } from '@shared/training/settings';
import type { OpenedData } from '../data/open-data';
import type { TrainingState } from '../../run-folder/training-state';

/** Why a checkpoint is written: at the end of an epoch with its result, or in between. */
export interface CheckpointReason {
  epoch: { number: number; testAccuracy: number; best: boolean } | null;
}

export interface SessionOptions {
  network: Network;
  settings: TrainingSettings;
  /** Stays open, and the caller's, while the session runs. */
  dataset: Omit<OpenedData, 'close'>;
  device: { name: string; description: string };
  /** Where to go on; null for a new run. */
  state: TrainingState | null;
  /** What the run was warned of before it went on; it is not said again. */
  warned: readonly Problem[];
  emit(event: TrainEvent): void;
  /** Writes a checkpoint durably before it resolves; returns its file name. */
  save(state: TrainingState, reason: CheckpointReason): Promise<string>;
}

/** How a session ended. */
export interface SessionEnd {
  stopped: boolean;
  step: number;
  epochs: number;
  testAccuracy: number | null;
  seconds: number;
}
