import { kMeansCenters } from '../binarization/k-means';
import { mcconvNodes } from '../network/network';
import { weightName } from '../network/weight-name';
import type { Problem } from '../problem';
import type { PackedModel } from './packed-model';

/**
 * Completes the centers of a checkpoint from the warm-up, in which filters are still float (mcn.md, section 3): every binary layer that has
 * none gets those of its latent weights.
 *
 * @returns a model with all centers, and a hint that says so when some were fitted; then without the accuracy of the float filters
 */
export function fitMissingCenters(model: PackedModel): { model: PackedModel; notices: Problem[] } {
  const centers = new Map(model.centers);
  const fitted: string[] = [];
  for (const node of mcconvNodes(model.network)) {
    if (!node.values.binary || centers.has(node.id)) continue;
    const latent = model.weights.get(weightName(node.id, 'C'));
    if (!latent) throw new Error(`There are no filters of layer ${node.id}`);
    centers.set(node.id, Float32Array.from(kMeansCenters(latent, node.values.centers)));
    fitted.push(node.name);
  }
  if (fitted.length === 0) return { model, notices: [] };
  const notice: Problem = {
    code: 'packed-centers-fitted',
    message: `The checkpoint is from the warm-up, when filters are still float. Centers were fitted for the export in ${fitted.join(', ')}.`,
    fix: 'Expect a lower accuracy than that of the checkpoint, or export a later one.',
    severity: 'hint',
  };
  return { model: { ...model, centers, testAccuracy: null }, notices: [notice] };
}
