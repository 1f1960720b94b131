import { uniform } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';
import type { Split } from '@main/engine/data/split';

const SIDE = 8;

/** Images that any network can learn to tell apart: an upright bar (0) or a level one (1), somewhere, with noise. */
export function bars(count: number): Split {
  const images = new Uint8Array(count * SIDE * SIDE);
  const labels = new Uint8Array(count);
  const key = randomKey(1, 'init', 'bars');
  for (let image = 0; image < count; image++) {
    const label = image % 2;
    const place = Math.floor(uniform(key, 100_000 + image) * SIDE);
    labels[image] = label;
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        const at = (image * SIDE + row) * SIDE + column;
        const lit = (label === 0 ? column : row) === place;
        images[at] = lit ? 255 : Math.floor(uniform(key, at) * 40);
      }
    }
  }
  return { count, height: SIDE, width: SIDE, channels: 1, images, labels };
}
