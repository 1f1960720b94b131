import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import type { RunDefinition } from '@main/run-folder/manifest';
import type { TrainingState } from '@main/run-folder/training-state';

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mcn-studio-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

/** The tiny preset as a run. */
export function tinyRun(): RunDefinition {
  const preset = findPreset('mcn-mnist-tiny')!;
  return {
    manifest: {
      version: 1,
      id: 'run-1',
      name: 'Tiny',
      createdAt: '2026-01-02T03:04:05.000Z',
      projectId: null,
      family: 'mcn',
      dataset: 'mnist',
      settings: preset.settings,
      versions: { studio: '0.1.0' },
      parent: null,
    },
    document: preset.document,
    network: lower(preset.document, 'mcn').network!,
  };
}

/** A state with one weight, which is all that a checkpoint file needs. */
export function stateAt(step: number): TrainingState {
  return {
    step,
    weights: new Map([['mc1/C', Float32Array.of(1.5, -0, 3e-41)]]),
    optimizer: {
      method: 'sgd',
      steps: step,
      slots: new Map([['momentum', new Map([['mc1/C', Float32Array.of(0, 1, 2)]])]]),
    },
    centers: new Map([['mc1', Float32Array.of(-0.25, 0.5)]]),
    classMeans: new Map([['7', Float32Array.of(0.125, -3)]]),
    epoch: { loss: 1 / 3, correct: 2, count: 3, seconds: 0.1 },
    bestAccuracy: 0.5,
    lastAccuracy: null,
    seconds: 12.5,
  };
}
