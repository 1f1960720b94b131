/** The epoch, from 1, in which `step` steps are done: an epoch lasts until its last step is done; before the first step it is epoch 1. */
export function epochOfStep(step: number, stepsPerEpoch: number): number {
  return Math.max(1, Math.ceil(step / stepsPerEpoch));
}
