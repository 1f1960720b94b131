import sharp from 'sharp';
import { decoderWords, imageProblem } from './inspect-image';
import type { Shots, Shot } from './image-task';

/**
 * Decodes an image: upright, resized and cropped as its geometry says, transparent parts black, as 8-bit sRGB or gray.
 *
 * @returns [height, width, channels] of `size`
 * @throws StudioError image-bad, also when a file's size is not what it was found to be
 */
async function decodeImage({ path, geometry }: Shot, { size, channels }: Shots): Promise<Uint8Array> {
  try {
    const { width, height } = size;
    let image = sharp(path, { failOn: 'error', sequentialRead: true }).autoOrient();
    if (geometry) {
      const { resized, left, top } = geometry;
      image = image
        .resize(resized.width, resized.height, { fit: 'fill' })
        .extract({ left, top, width, height });
    }
    const { data, info } = await image
      .flatten({ background: '#000000' })
      .toColourspace(channels === 3 ? 'srgb' : 'b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const found = `${info.width}×${info.height} with ${info.channels} channels`;
    if (info.width === width && info.height === height && info.channels === channels) return data;
    throw new Error(`it is ${found} now, but was ${width}×${height} with ${channels}`);
  } catch (error) {
    throw imageProblem(path, `cannot be decoded (${decoderWords(error)})`, error);
  }
}

/**
 * Decodes the images of a task side by side.
 *
 * @returns [shots, height, width, channels]
 * @throws StudioError image-bad for the first image, in their order, that cannot be decoded
 */
export async function decodeImages(task: Shots): Promise<Uint8Array> {
  const bytes = task.size.width * task.size.height * task.channels;
  const images = new Uint8Array(task.shots.length * bytes);
  const done = await Promise.allSettled(
    task.shots.map(async (shot, index) => {
      images.set(await decodeImage(shot, task), index * bytes);
    }),
  );
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return images;
}
