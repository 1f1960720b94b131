import type { Problem } from '../problem';
import { printedTermCancels } from '../training/check-losses';
import type { TrainingSettings } from '../training/settings';
import { centerFeatureNode } from './center-feature';
import type { Network } from './network';

/** Why the losses that settings ask for cannot be had with a network: binary layers of one plane, or no features to take class means of. */
export function checkNetworkLosses(
  { centerLoss, discreteTerm }: Pick<TrainingSettings, 'centerLoss' | 'discreteTerm'>,
  network: Network,
): Problem[] {
  if (network.family !== 'mcn') return [];
  const problems: Problem[] = [];
  const single = network.nodes.find(
    (node) => node.type === 'mcconv' && node.values.binary && node.values.planes === 1,
  );
  if (discreteTerm === 'printed' && single) {
    problems.push({
      ...printedTermCancels(`of ${single.name}, which has one plane (K = 1)`),
      node: single.origin,
    });
  }
  if (centerLoss > 0 && !centerFeatureNode(network)) {
    problems.push({
      code: 'center-loss-no-convolution',
      message: `The center loss λ = ${centerLoss} needs the features of a convolution, and the network has none.`,
      fix: 'Set centerLoss to 0, or add a convolution.',
      field: 'centerLoss',
    });
  }
  return problems;
}
