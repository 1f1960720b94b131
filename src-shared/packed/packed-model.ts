import { z } from 'zod';
import { datasetDescriptionSchema, type DatasetDescription } from '../datasets/dataset-description';
import { namedDataset } from '../datasets/registry';
import type { Network } from '../network/network';
import { classNames } from '../ops/output';

/** How the names of packed files end. */
export const PACKED_SUFFIX = '.mcn.safetensors';

const described = datasetDescriptionSchema.shape;

/** What a stranger needs to know of the images to feed one to a network: size, padding, statistics, class names. */
export const packedDataSchema = z
  .strictObject({
    id: described.id,
    name: described.name,
    classes: described.classes,
    adapts: described.adapts,
    channels: described.channels,
    height: described.height,
    width: described.width,
    mean: described.mean,
    std: described.std,
    pad: described.pad,
  })
  .refine((data) => data.mean.length === data.channels && data.std.length === data.channels, {
    message: 'mean and std need one number for each channel',
  });
export type PackedData = z.infer<typeof packedDataSchema>;

/**
 * A trained network outside of its run. Weights are named by weightName() and lie in the layout of the engine (ops/definition.ts).
 * C of a binary layer may be latent or binarized: the file keeps C^. Nothing in it is shared with the device.
 */
export interface PackedModel {
  readonly network: Network;
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Centers of every binary layer by node, ascending. */
  readonly centers: ReadonlyMap<string, Float32Array>;
  readonly data: PackedData;
  /** 0 to 1, of the checkpoint it came from; null when it was never tested. */
  readonly testAccuracy: number | null;
  /** What wrote it, such as "MCN Studio 0.1.0". */
  readonly creator: string;
}

/**
 * The part of a data set's description that goes into a file. A data set without a registered name is identified by the path of its
 * folder, which is no business of whoever gets the file: its name stands there instead.
 */
export function packedData(description: DatasetDescription): PackedData {
  const { id, name, classes, adapts, channels, height, width, mean, std, pad } = description;
  return {
    id: namedDataset(id) ? id : name,
    name,
    classes,
    ...(adapts && { adapts }),
    channels,
    height,
    width,
    mean,
    std,
    pad,
  };
}

/** Names of the classes in the order of the logits: those of the Output, or else of the data set. */
export function packedClassNames(model: Pick<PackedModel, 'network' | 'data'>): readonly string[] {
  const output = model.network.nodes.at(-1)!;
  const own = output.type === 'output' ? classNames(output.values) : [];
  return own.length > 0 ? own : model.data.classes;
}
