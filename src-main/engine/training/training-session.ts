import * as tf from '@tensorflow/tfjs-core';
import { inputNode } from '@shared/network/network';
import { StudioError } from '@shared/problem';
import type { RunCommand } from '@shared/contract/engine-job';
import { binarizeStep, fitsCentersBefore, rateFactor } from '@shared/training/schedule';
import { batchCount } from '../data/batches';
import { createBatchMaker } from '../data/create-batch-maker';
import { inputSpec } from '../data/preprocess';
import { createOptimizer } from '../model/create-optimizer';
import { featureCenters, type FeatureCenters } from '../model/feature-centers';
import type { Optimizer } from '../model/optimizer';
import { TrainableModel } from '../model/trainable-model';
import { BatchSource } from './batch-source';
import { Commands } from './commands';
import { divergence, stateDivergence } from './divergence';
import { evaluateModel } from './evaluate-model';
import { FilterWatch } from './filter-watch';
import { MetricRecorder } from './metric-recorder';
import type { CheckpointReason, SessionEnd, SessionOptions } from './session-options';
import { trainStep } from './train-step';
import { emptySums, type EpochSums, type TrainingState } from '../../run-folder/training-state';

/**
 * One training run on the active device: its own seeded loop (mcn.md, sections 3 to 5).
 *
 * Every random draw is a function of the seed and the position, and the state at a step says all, so a session that goes on from a
 * checkpoint repeats what an undisturbed one does bit for bit. Owns model and optimizer; {@link dispose} frees them.
 */
export class TrainingSession {
  readonly commands = new Commands();
  readonly #model: TrainableModel;
  readonly #optimizer: Optimizer;
  readonly #classMeans: FeatureCenters | null;
  readonly #filters: FilterWatch;
  readonly #metrics: MetricRecorder;
  readonly #train: BatchSource;
  readonly #test: BatchSource;
  readonly #stepsPerEpoch: number;
  #step: number;
  #sums: EpochSums;
  #best: number | null;
  #last: number | null;
  #seconds: number;
  #sinceCheckpoint = 0;

  constructor(private readonly options: SessionOptions) {
    const { network, settings, dataset, state } = options;
    const spec = inputSpec(inputNode(network).values, dataset.description);
    const classes = dataset.description.classes.length;
    this.#model = new TrainableModel(network, settings.seed, settings.modulationStart);
    this.#optimizer = createOptimizer(this.#model.weights.weights, settings);
    this.#classMeans = featureCenters(network, settings);
    this.#filters = new FilterWatch(this.#model, options.emit, options.warned);
    this.#metrics = new MetricRecorder((rows) => {
      options.emit({ type: 'steps', ...rows });
    });
    this.#train = new BatchSource(createBatchMaker(dataset.train, spec), spec, classes, settings.batchSize);
    this.#test = new BatchSource(createBatchMaker(dataset.test, spec), spec, classes, settings.batchSize);
    this.#stepsPerEpoch = batchCount(dataset.train.count, settings.batchSize);
    this.#step = state?.step ?? 0;
    this.#sums = { ...(state?.epoch ?? emptySums()) };
    this.#best = state?.bestAccuracy ?? null;
    this.#last = state?.lastAccuracy ?? null;
    this.#seconds = state?.seconds ?? 0;
    if (state) {
      this.#model.weights.write(state.weights);
      this.#model.setCenters(state.centers);
      this.#optimizer.write(state.optimizer);
      this.#classMeans?.means.write(state.classMeans);
    }
  }

  /** Passes on what a person asked for; takes effect between two steps. */
  command(command: RunCommand): void {
    this.commands.give(command);
  }

  /**
   * Trains to the end, or until it is told to stop (then after a checkpoint).
   * @throws StudioError diverged when a loss, an output or a gradient is not finite; the last checkpoint is from before
   */
  async run(): Promise<SessionEnd> {
    const { settings, dataset, device, emit } = this.options;
    const totalSteps = settings.epochs * this.#stepsPerEpoch;
    const binary = this.#model.binaryNodes.length > 0;
    emit({
      type: 'plan',
      epochs: settings.epochs,
      stepsPerEpoch: this.#stepsPerEpoch,
      totalSteps,
      binarizeStep: binary ? binarizeStep(settings, this.#stepsPerEpoch) : totalSteps,
      startStep: this.#step,
      trainCount: dataset.train.count,
      testCount: dataset.test.count,
      device: device.name,
      deviceDescription: device.description,
    });
    this.#enter('training');
    await this.#showFilters();
    while (this.#step < totalSteps || this.#epochEnds) {
      if (await this.#obey()) return this.#end(true);
      if (this.#epochEnds) {
        await this.#endEpoch();
        continue;
      }
      const seconds = await this.#oneStep();
      if (this.#sinceCheckpoint >= settings.checkpointSeconds && !this.#epochEnds)
        await this.#checkpoint(null);
      if (this.#filters.isDue(seconds)) await this.#showFilters();
    }
    return this.#end(false);
  }

  /** The epoch that the last step belongs to, from 1. */
  get #epoch(): number {
    return Math.max(1, Math.ceil(this.#step / this.#stepsPerEpoch));
  }

  /** Whether an epoch is trained but not tested yet, be it in this process or in the one before. */
  get #epochEnds(): boolean {
    return this.#step % this.#stepsPerEpoch === 0 && this.#sums.count > 0;
  }

  /** Everything that a checkpoint holds, copied from the device. */
  async state(): Promise<TrainingState> {
    return {
      step: this.#step,
      weights: await this.#model.weights.read(),
      optimizer: await this.#optimizer.read(),
      centers: new Map(this.#model.centers),
      classMeans: (await this.#classMeans?.means.read()) ?? new Map(),
      epoch: { ...this.#sums },
      bestAccuracy: this.#best,
      lastAccuracy: this.#last,
      seconds: this.#seconds,
    };
  }

  dispose(): void {
    this.#model.dispose();
    this.#optimizer.dispose();
    this.#classMeans?.means.dispose();
  }

  /** Waits while paused and writes asked-for checkpoints; true when told to stop. */
  async #obey(): Promise<boolean> {
    await this.commands.breathe();
    if (this.commands.takeCheckpoint()) await this.#checkpoint(null);
    if (this.commands.paused) {
      this.#metrics.flush();
      await this.#checkpoint(null);
      this.#enter('paused');
      await this.commands.untilResumed();
      if (!this.commands.stopping) this.#enter('training');
    }
    if (!this.commands.stopping) return false;
    await this.#checkpoint(null);
    return true;
  }

  /** One step; resolves to the seconds that it took. */
  async #oneStep(): Promise<number> {
    const { settings } = this.options;
    const began = performance.now();
    if (this.#model.binaryNodes.length > 0 && fitsCentersBefore(settings, this.#step, this.#stepsPerEpoch)) {
      await this.#fitCenters();
    }
    const epoch = Math.floor(this.#step / this.#stepsPerEpoch);
    const batch = await this.#train.shuffled(settings, this.#step);
    const factor = rateFactor(settings, this.#step, this.#stepsPerEpoch);
    const rates = { filters: settings.learningRate * factor, modulation: settings.modulationRate * factor };
    const centers = epoch + 1 >= settings.centerLossFromEpoch ? this.#classMeans : null;
    const result = await trainStep(this.#model, this.#optimizer, settings, batch, this.#step, rates, centers);
    const { correct, done, badGradient, ...losses } = result;
    const count = batch.images.shape[0];
    const problem = done ? null : await divergence(this.#model, batch, badGradient, this.#step, epoch + 1);
    tf.dispose([batch.images, batch.oneHot]);
    if (problem) {
      this.#metrics.flush();
      throw new StudioError(problem);
    }
    const seconds = (performance.now() - began) / 1000;
    this.#metrics.add(this.#step, {
      ...losses,
      accuracy: correct / count,
      learningRate: rates.filters,
      modulationRate: rates.modulation,
      imagesPerSecond: count / seconds,
      memoryBytes: process.memoryUsage.rss(),
    });
    this.#sums.loss += losses.loss * count;
    this.#sums.correct += correct;
    this.#sums.count += count;
    this.#sums.seconds += seconds;
    this.#seconds += seconds;
    this.#sinceCheckpoint += seconds;
    this.#step += 1;
    return seconds;
  }

  async #fitCenters(): Promise<void> {
    const first = !this.#model.binarized;
    await this.#model.fitCenters();
    this.#metrics.flush();
    const layers = this.#model.binaryNodes.map((node) => ({
      node: node.id,
      name: node.name,
      centers: this.#model.centers.get(node.id)!.slice(),
    }));
    this.options.emit({ type: 'centers', step: this.#step, first, layers });
  }

  async #endEpoch(): Promise<void> {
    const { emit } = this.options;
    this.#metrics.flush();
    const problem = stateDivergence(this.#model, await this.state(), this.#epoch);
    if (problem) throw new StudioError(problem);
    this.#enter('testing');
    const test = await evaluateModel(this.#model, this.#test, async () => {
      await this.commands.breathe();
      return !this.commands.stopping;
    });
    if (!test) return;
    const binary = this.#model.binaryNodes.length > 0;
    const counts = !binary || this.#model.binarized;
    const best = counts && (this.#best === null || test.accuracy > this.#best);
    if (best) this.#best = test.accuracy;
    this.#last = test.accuracy;
    const { loss, correct, count, seconds } = this.#sums;
    emit({
      type: 'epoch',
      epoch: this.#step / this.#stepsPerEpoch,
      step: this.#step,
      trainLoss: loss / count,
      trainAccuracy: correct / count,
      testLoss: test.loss,
      testAccuracy: test.accuracy,
      binarized: this.#model.binarized,
      best,
      seconds,
    });
    this.#sums = emptySums();
    await this.#showFilters();
    await this.#checkpoint({ number: this.#step / this.#stepsPerEpoch, testAccuracy: test.accuracy, best });
    if (this.#step < this.options.settings.epochs * this.#stepsPerEpoch) this.#enter('training');
  }

  async #checkpoint(epoch: CheckpointReason['epoch']): Promise<void> {
    this.#metrics.flush();
    this.#sinceCheckpoint = 0;
    const state = await this.state();
    const problem = stateDivergence(this.#model, state, this.#epoch);
    if (problem) throw new StudioError(problem);
    const file = await this.options.save(state, { epoch });
    this.options.emit({ type: 'checkpoint', file, step: this.#step, best: epoch?.best ?? false });
  }

  async #showFilters(): Promise<void> {
    this.#metrics.flush();
    await this.#filters.show(this.#step);
  }

  #enter(state: 'training' | 'testing' | 'paused'): void {
    this.options.emit({ type: 'state', state, step: this.#step });
  }

  #end(stopped: boolean): SessionEnd {
    this.#metrics.flush();
    const epochs = Math.floor(this.#step / this.#stepsPerEpoch);
    return { stopped, step: this.#step, epochs, testAccuracy: this.#last, seconds: this.#seconds };
  }
}
