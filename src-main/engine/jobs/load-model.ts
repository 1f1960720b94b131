import type { ModelSource } from '@shared/contract/engine-job';
import { classCount, inputNode, type Network } from '@shared/network/network';
import type { DataDemand } from '@shared/datasets/check-fits';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { StudioError } from '@shared/problem';
import { readPackedFile } from '../../exporters/packed/read-packed-file';
import { checkpointFile } from '../../run-folder/checkpoint-index';
import { readCheckpoint } from '../../run-folder/checkpoint-file';
import { readEnvironment } from '../../run-folder/environment';
import { readRunDefinition } from '../../run-folder/manifest';
import type { TrainingState } from '../../run-folder/training-state';
import { openData, type OpenedData } from '../data/open-data';
import { TrainableModel } from '../model/trainable-model';

/** Weights of a run or file, and the data they are meant for; not on any device yet. */
export interface StoredModel {
  network: Network;
  weights: ReadonlyMap<string, Float32Array>;
  centers: ReadonlyMap<string, Float32Array>;
  /** Data set name or folder. */
  dataset: string;
  /** Test images that the run used; null: all. */
  limitTest: number | null;
  /** Mean and deviation of the channels in training, whatever data it is tested on; its classes; whether images were resized for it. */
  statistics: Pick<DatasetDescription, 'mean' | 'std' | 'classes' | 'adapts'>;
}

/** A run at a checkpoint: all that training had, and what it was trained on. */
type RunModel = StoredModel & { state: TrainingState; statistics: DatasetDescription };

/** A run at a checkpoint, as it was trained. @throws StudioError run-invalid, checkpoint-missing, checkpoint-damaged */
export async function readRunModel(source: Extract<ModelSource, { kind: 'run' }>): Promise<RunModel> {
  return readRunCheckpoint(source.runDir, await checkpointFile(source.runDir, source.checkpoint));
}

/** A run at one of its checkpoint files. @throws StudioError run-invalid, checkpoint-damaged */
export async function readRunCheckpoint(runDir: string, file: string): Promise<RunModel> {
  const { manifest, network } = await readRunDefinition(runDir);
  const state = await readCheckpoint(file);
  const environment = await readEnvironment(runDir);
  if (!environment) throw noEnvironment(runDir);
  return {
    network,
    weights: state.weights,
    centers: state.centers,
    dataset: manifest.dataset,
    limitTest: manifest.settings.limitTest,
    statistics: environment.data.description,
    state,
  };
}

function noEnvironment(runDir: string): StudioError {
  return new StudioError({
    code: 'run-invalid',
    message: `${runDir} does not say what data it was trained on: environment.json is missing or damaged.`,
    fix: 'Resume the run: the file is written again.',
    path: runDir,
  });
}

/** Reads a model wherever it lies. @throws StudioError as readRunModel and readPackedFile do */
export async function readModel(source: ModelSource): Promise<StoredModel> {
  if (source.kind === 'run') return readRunModel(source);
  const read = await readPackedFile(source.file);
  if (!read.ok) throw new StudioError(read.problems[0]!);
  const { network, weights, centers, data } = read.value.model;
  return { network, weights, centers, dataset: data.id, limitTest: null, statistics: data };
}

/** Builds a stored model on the active device. The caller disposes it. @throws StudioError weights-mismatch */
export function buildModel({ network, weights, centers }: StoredModel): TrainableModel {
  const model = new TrainableModel(network, 0, 'ones');
  model.weights.write(weights);
  model.setCenters(centers);
  return model;
}

/** What a network asks of its data. */
export function demandOf(network: Network): DataDemand {
  const { height, width, color } = inputNode(network).values;
  return { height, width, color, classes: classCount(network) };
}

/**
 * Opens data to test a model on; the caller closes it. Of a folder of images the classes that the model knows are read.
 * @throws StudioError those of openData
 */
export async function openTestData(
  { network, statistics }: Pick<StoredModel, 'network' | 'statistics'>,
  data: string,
  limitTest: number | null,
  resourcesDir: string,
): Promise<OpenedData> {
  return openData({
    data,
    resourcesDir,
    limitTrain: 1,
    limitTest,
    demand: demandOf(network),
    images: {
      classes: statistics.classes,
      imageFit: statistics.adapts ? 'crop' : 'stored',
      trainCrop: 'center',
      statistics: null,
    },
  });
}
