import { randomKey } from '@shared/random/random-key';
import { dropout } from '../kernels/dropout';
import { materialize, plain } from './feature';
import { written } from '../kernels/upstream';
import { plainGradient } from './gradient';
import { passThrough } from './identity';
import type { Layer } from './layer';

/** Inverted dropout by a mask that is a function of (seed, layer, step); drawn again on the way back rather than kept. */
export const dropoutLayer: Layer<'dropout'> = (node, [x], pass) => {
  const { rate } = node.values;
  if (!pass.training || rate === 0) return passThrough(x!);
  const key = randomKey(pass.seed, 'dropout', node.id, pass.step);
  return {
    feature: plain(dropout(materialize(x!), key, rate)),
    backward: {
      held: {},
      run: (gradient) => ({ inputs: [plainGradient(dropout(written(gradient), key, rate))] }),
    },
  };
};
