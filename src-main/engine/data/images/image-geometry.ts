import { uniform } from '@shared/random/draws';
import { randomKey, type RandomKey } from '@shared/random/random-key';
import type { TrainingSettings } from '@shared/training/settings';

/** A size in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** What becomes of an image: the whole of it is resized, then a part of the wanted size is cut out. */
export interface Geometry {
  readonly resized: ImageSize;
  readonly left: number;
  readonly top: number;
}

/** How much larger than the network's input an image is made before it is cropped: 256 pixels for an input of 224. */
const MARGIN = 256 / 224;

/** The image resized so that its tighter side is 256/224 of the input's, the other one in proportion. */
function withMargin({ width, height }: ImageSize, target: ImageSize): ImageSize {
  const scale = Math.max(target.width / width, target.height / height) * MARGIN;
  return {
    width: Math.max(target.width, Math.round(width * scale)),
    height: Math.max(target.height, Math.round(height * scale)),
  };
}

/** The middle of the image, with a margin around it cut off: how images are tested. */
export function centerCrop(image: ImageSize, target: ImageSize): Geometry {
  const resized = withMargin(image, target);
  return {
    resized,
    left: Math.floor((resized.width - target.width) / 2),
    top: Math.floor((resized.height - target.height) / 2),
  };
}

/** As centerCrop, but anywhere in the image; u and v from 0 to below 1 say where. */
function randomCrop(image: ImageSize, target: ImageSize, u: number, v: number): Geometry {
  const resized = withMargin(image, target);
  return {
    resized,
    left: Math.floor(u * (resized.width - target.width + 1)),
    top: Math.floor(v * (resized.height - target.height + 1)),
  };
}

/** The box of an image, resized to the target: the whole image resized alike, and where the box lies then. */
function boxed(
  image: ImageSize,
  target: ImageSize,
  box: ImageSize & { left: number; top: number },
): Geometry {
  const [scaleX, scaleY] = [target.width / box.width, target.height / box.height];
  const width = Math.max(target.width, Math.round(image.width * scaleX));
  const height = Math.max(target.height, Math.round(image.height * scaleY));
  return {
    resized: { width, height },
    left: Math.min(width - target.width, Math.round(box.left * scaleX)),
    top: Math.min(height - target.height, Math.round(box.top * scaleY)),
  };
}

const ATTEMPTS = 10;
const DRAWS = 4;
const [SMALLEST_SHARE, LOWEST_RATIO, HIGHEST_RATIO] = [0.08, 3 / 4, 4 / 3];

/**
 * A box of 8 to 100 % of the image's area and a ratio of sides from 3/4 to 4/3 (uniform in its logarithm), anywhere in the
 * image (Szegedy et al., "Going Deeper with Convolutions", 2015; drawn as torchvision's RandomResizedCrop does). Where ten
 * boxes in turn do not fit, the largest middle part whose ratio is allowed.
 */
function randomResizedCrop(image: ImageSize, target: ImageSize, key: RandomKey, first: number): Geometry {
  const { width: W, height: H } = image;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const draw = (lane: number): number => uniform(key, first + attempt * DRAWS + lane);
    const area = W * H * (SMALLEST_SHARE + (1 - SMALLEST_SHARE) * draw(0));
    const ratio = LOWEST_RATIO * (HIGHEST_RATIO / LOWEST_RATIO) ** draw(1);
    const width = Math.max(1, Math.round(Math.sqrt(area * ratio)));
    const height = Math.max(1, Math.round(Math.sqrt(area / ratio)));
    if (width > W || height > H) continue;
    const left = Math.floor(draw(2) * (W - width + 1));
    const top = Math.floor(draw(3) * (H - height + 1));
    return boxed(image, target, { width, height, left, top });
  }
  const width = Math.max(1, Math.min(W, Math.round(H * HIGHEST_RATIO)));
  const height = Math.max(1, Math.min(H, Math.round(W / LOWEST_RATIO)));
  const [left, top] = [Math.floor((W - width) / 2), Math.floor((H - height) / 2)];
  return boxed(image, target, { width, height, left, top });
}

/**
 * How image number `record` is cropped for training in an epoch (from 0): a function of (seed, epoch, record) and sizes.
 * Every image has forty draws of its own.
 */
export function trainingCrop(
  kind: TrainingSettings['trainCrop'],
  image: ImageSize,
  target: ImageSize,
  seed: number,
  epoch: number,
  record: number,
): Geometry {
  if (kind === 'center') return centerCrop(image, target);
  const key = randomKey(seed, 'augment', 'crop', epoch);
  const first = record * ATTEMPTS * DRAWS;
  if (kind === 'random') return randomCrop(image, target, uniform(key, first), uniform(key, first + 1));
  return randomResizedCrop(image, target, key, first);
}
