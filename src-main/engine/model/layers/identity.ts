import { shareFeature, type Feature } from './feature';
import { shareGradient } from './gradient';
import type { Layer, LayerOutput } from './layer';

/** A layer that changes nothing. */
export function passThrough(feature: Feature): LayerOutput {
  return {
    feature: shareFeature(feature),
    backward: { held: {}, run: (gradient) => ({ inputs: [shareGradient(gradient)] }) },
  };
}

/** The images, and the logits: both pass unchanged. */
export const identityLayer: Layer<'input' | 'output'> = (_node, [x]) => passThrough(x!);
