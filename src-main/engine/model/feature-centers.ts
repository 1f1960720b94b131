import { centerFeatureNode } from '@shared/network/center-feature';
import { classCount, type Network } from '@shared/network/network';
import { shapeSize } from '@shared/ops/shape';
import type { TrainingSettings } from '@shared/training/settings';
import { ClassMeans } from './class-means';

/** The class means that the center loss is taken with, and the layer whose output they are means of. */
export interface FeatureCenters {
  /** Id of the layer. */
  feature: string;
  means: ClassMeans;
}

/**
 * Fresh class means for the center loss, whose owner the caller is; null without that loss. Only an MCN is trained with it, not its twins.
 * @throws Error for a network without a convolution, which checkNetworkLosses refuses
 */
export function featureCenters(
  network: Network,
  { centerLoss }: Pick<TrainingSettings, 'centerLoss'>,
): FeatureCenters | null {
  if (centerLoss === 0 || network.family !== 'mcn') return null;
  const node = centerFeatureNode(network);
  if (!node) throw new Error('A center loss needs a convolution');
  return { feature: node.id, means: new ClassMeans(classCount(network), shapeSize(node.shape)) };
}
