import { join } from 'node:path';
import { DEVICE_FELL_BACK, DEVICE_NAMES, type DeviceName } from '@shared/contract/device';
import { isRunCommand, type EngineJob } from '@shared/contract/engine-job';
import { memoryProblem } from '@shared/contract/device-memory';
import { StudioError, type Problem } from '@shared/problem';
import { checkNetworkLosses } from '@shared/network/check-network-losses';
import type { TrainEvent } from '@shared/training/engine-event';
import { activateDevice, type ActiveDevice } from '../../backends/devices';
import { readCheckpoint, writeCheckpoint } from '../../run-folder/checkpoint-file';
import {
  checkpointsNewestFirst,
  readCheckpointIndex,
  rewoundTo,
  withCheckpoint,
  writeCheckpointIndex,
} from '../../run-folder/checkpoint-index';
import { clearLeftovers } from '../../run-folder/clear-leftovers';
import { readEnvironment, writeEnvironment } from '../../run-folder/environment';
import { readRunDefinition, type RunDefinition } from '../../run-folder/manifest';
import { readHistory } from '../../run-folder/read-history';
import { lockRun } from '../../run-folder/run-lock';
import { runPaths } from '../../run-folder/run-paths';
import { RunRecorder } from '../../run-folder/run-recorder';
import { imageBytes, openData, type OpenedData } from '../data/open-data';
import type { Job, JobContext } from '../job-context';
import { demandOf } from './load-model';
import type { CheckpointReason } from '../training/session-options';
import { TrainingSession } from '../training/training-session';
import type { TrainingState } from '../../run-folder/training-state';
import { withWayBack } from '../../run-folder/unwritable-run';
import { makeFolder } from '../../files/make-folder';

/** Trains the run of a folder, from its last checkpoint if there is one. The folder is locked meanwhile. */
export const trainJob: Job<'train'> = async (job, context) => {
  const definition = await readRunDefinition(job.runDir);
  const unlock = await lockRun(job.runDir);
  try {
    await clearLeftovers(job.runDir);
    const from = await resumption(job.runDir);
    const recorder = await RunRecorder.open(job.runDir, from.state?.step ?? 0);
    try {
      await new TrainingJob(job, definition, recorder, context).run(from);
    } finally {
      await recorder.close();
    }
  } finally {
    await unlock();
  }
};

/** Where a run goes on, and what had to be passed over to get there. */
interface Resumption {
  state: TrainingState | null;
  notices: Problem[];
}

/**
 * The newest checkpoint that can be read; none for a new run. What lies past it is forgotten: it is trained again.
 * @throws StudioError checkpoint-damaged when there are some and none can be read
 */
async function resumption(runDir: string): Promise<Resumption> {
  const index = await readCheckpointIndex(runDir);
  const entries = checkpointsNewestFirst(index);
  const notices: Problem[] = [];
  for (const entry of entries) {
    try {
      const state = await readCheckpoint(join(runPaths(runDir).checkpoints, entry.file));
      await writeCheckpointIndex(runDir, rewoundTo({ ...index, last: entry }, state.step));
      return { state, notices };
    } catch (error) {
      const damaged = error instanceof StudioError && error.problem.code === 'checkpoint-damaged';
      if (!damaged || entry === entries.at(-1)) throw error;
      notices.push({
        ...error.problem,
        fix: 'The run goes on from the checkpoint before it.',
        severity: 'warning',
      });
    }
  }
  return { state: null, notices };
}

class TrainingJob {
  #step = 0;

  constructor(
    private readonly job: Extract<EngineJob, { type: 'train' }>,
    private readonly definition: RunDefinition,
    private readonly recorder: RunRecorder,
    private readonly context: JobContext,
  ) {}

  async run({ state, notices }: Resumption): Promise<void> {
    this.#step = state?.step ?? 0;
    try {
      this.#emit({ type: 'state', state: 'preparing', step: this.#step });
      for (const problem of notices) this.#emit({ type: 'notice', step: this.#step, problem });
      const { settings } = this.definition.manifest;
      const began = await this.#deviceItBeganOn();
      const device = await activateDevice(settings.device, settings.threads, began ?? this.job.gpu);
      this.#tellFallback(device);
      const dataset = await this.#data();
      try {
        this.#checkLosses();
        this.#checkMemory(device, dataset);
        await this.#environment(device, dataset);
        await this.#train(state, device, dataset);
      } finally {
        await dataset.close();
      }
    } catch (caught) {
      const error = await withWayBack(this.job.runDir, caught);
      if (error instanceof StudioError) await this.#fail(error.problem);
      throw error;
    }
  }

  /** A run that goes on keeps its device where the choice is open: on another one its steps would have other bits. */
  async #deviceItBeganOn(): Promise<DeviceName | null> {
    const before = await readEnvironment(this.job.runDir);
    return DEVICE_NAMES.find((name) => name === before?.device.name) ?? null;
  }

  /** A run that computes on another device than it would have says so. */
  #tellFallback({ description, fellBack }: ActiveDevice): void {
    if (!fellBack) return;
    const { from, reason, fix } = fellBack;
    const message = `The device ${from} does not work here, so the run computes on another one: ${description}. ${reason}`;
    const problem: Problem = {
      code: DEVICE_FELL_BACK,
      message,
      ...(fix === null ? {} : { fix }),
      severity: 'warning',
    };
    this.#emit({ type: 'notice', step: this.#step, problem });
  }

  /** The network has what the losses need. */
  #checkLosses(): void {
    const { manifest, network } = this.definition;
    const [problem] = checkNetworkLosses(manifest.settings, network);
    if (problem) throw new StudioError(problem);
  }

  /** The data are loaded by now: what is free is left for the training. */
  #checkMemory({ name }: ActiveDevice, { train, test }: OpenedData): void {
    const { manifest, network } = this.definition;
    const held = imageBytes(train) + imageBytes(test);
    const problem = memoryProblem(network, manifest.settings, name, process.availableMemory(), held);
    if (problem) throw new StudioError(problem);
  }

  #data(): Promise<OpenedData> {
    const { manifest, network } = this.definition;
    const { settings, dataset } = manifest;
    const { imageFit, trainCrop, imageStatistics: statistics } = settings;
    return openData({
      data: dataset,
      resourcesDir: this.job.resourcesDir,
      limitTrain: settings.limitTrain,
      limitTest: settings.limitTest,
      forTraining: true,
      demand: demandOf(network),
      images: { classes: settings, imageFit, trainCrop, statistics },
    });
  }

  /** Remembers device and data; a run that goes on must find the data it began with. */
  async #environment(device: ActiveDevice, { description, checksums }: OpenedData): Promise<void> {
    const before = await readEnvironment(this.job.runDir);
    const recorded = before?.data.checksums;
    // What an earlier studio did not record cannot be compared; it is recorded from now on.
    const known = Object.keys(checksums).filter((file) => recorded?.[file] !== undefined);
    const changed = known.find((file) => recorded![file] !== checksums[file]);
    if (changed) {
      throw new StudioError({
        code: 'data-changed',
        message: `The data of ${description.name} changed since this run began: ${changed} has another SHA-256.`,
        fix: 'Put the old files back, or start a new run.',
        path: description.source,
      });
    }
    // A run that goes on with its stand-in still has one.
    const stoodIn = before?.device.name === device.name ? before.device.fellBack : null;
    await writeEnvironment(this.job.runDir, {
      device: { ...device, fellBack: device.fellBack ?? stoodIn },
      data: { description, checksums: { ...checksums } },
    });
  }

  /** Warnings up to the checkpoint; what lies past it is forgotten with all else there. */
  async #warnedBefore(state: TrainingState | null): Promise<Problem[]> {
    if (!state) return [];
    const { notices } = await readHistory(this.job.runDir, false);
    return notices.filter(({ step }) => step <= state.step).map(({ problem }) => problem);
  }

  async #train(state: TrainingState | null, device: ActiveDevice, dataset: OpenedData): Promise<void> {
    const { manifest, network } = this.definition;
    const session = new TrainingSession({
      network,
      settings: manifest.settings,
      dataset,
      device,
      state,
      warned: await this.#warnedBefore(state),
      emit: (event) => {
        this.#emit(event);
      },
      save: (now, reason) => this.#save(now, reason),
    });
    this.context.onCommand((command) => {
      if (isRunCommand(command)) session.command(command);
    });
    try {
      const { stopped, step, epochs, testAccuracy, seconds } = await session.run();
      this.#emit({ type: 'state', state: stopped ? 'stopped' : 'finished', step });
      this.#emit({ type: 'finished', runDir: this.job.runDir, epochs, step, testAccuracy, seconds });
      await this.recorder.settle();
    } finally {
      session.dispose();
    }
  }

  /** Metrics and log first: what a checkpoint refers to must be there when it is. */
  async #save(state: TrainingState, reason: CheckpointReason): Promise<string> {
    const { settings } = this.definition.manifest;
    // Before and behind its test, the end of an epoch are two states of one step.
    const file = `step-${state.step}${reason.epoch ? '-epoch' : ''}.safetensors`;
    await this.recorder.settle();
    await makeFolder(runPaths(this.job.runDir).checkpoints);
    await writeCheckpoint(join(runPaths(this.job.runDir).checkpoints, file), state);
    const index = await readCheckpointIndex(this.job.runDir);
    const entry = { file, step: state.step };
    await writeCheckpointIndex(this.job.runDir, withCheckpoint(index, entry, reason.epoch, settings));
    return file;
  }

  #emit(event: TrainEvent): void {
    if ('step' in event) this.#step = event.step;
    this.recorder.record(event);
    this.context.port.send(event);
  }

  /** Records why the run ended; when even that cannot be written, the studio still hears it. */
  async #fail(problem: Problem): Promise<void> {
    const events: TrainEvent[] = [
      { type: 'failed', step: this.#step, problem },
      { type: 'state', state: 'failed', step: this.#step },
    ];
    for (const event of events) {
      this.context.port.send(event);
      try {
        this.recorder.record(event);
      } catch {
        return;
      }
    }
    await this.recorder.settle().catch(() => undefined);
  }
}
