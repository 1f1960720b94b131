import { open } from 'node:fs/promises';
import sharp from 'sharp';
import { StudioError } from '@shared/problem';
import type { ImageSize } from './image-geometry';

const TAIL_BYTES = 64;

const formats = [
  { name: 'JPEG', start: [0xff, 0xd8, 0xff], end: [0xff, 0xd9] },
  { name: 'PNG', start: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], end: [0x49, 0x45, 0x4e, 0x44] },
];

/** What is wrong with an image file. */
export function imageProblem(path: string, reason: string, cause?: unknown): StudioError {
  const fix = 'Get the file again, or take it out of the folder.';
  return new StudioError({ code: 'image-bad', message: `${path} ${reason}.`, fix, path }, { cause });
}

/** The first words of an error of the decoder, without its stack or trailing full stop. */
export function decoderWords(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line!.replace(/\.$/, '');
}

async function readEnds(path: string): Promise<{ head: Buffer; tail: Buffer }> {
  const file = await open(path).catch((error: unknown) => {
    throw imageProblem(path, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, error);
  });
  try {
    const { size } = await file.stat();
    const part = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const head = Buffer.from((await file.read(part, 0, part.length, 0)).buffer);
    const tail = Buffer.alloc(part.length);
    await file.read(tail, 0, tail.length, size - tail.length);
    return { head, tail };
  } finally {
    await file.close();
  }
}

/**
 * Looks at an image file: that it is JPEG or PNG, that its head can be read, and that it does not end too soon. Only a
 * file whose end does not look like one is decoded as a whole. The size is that of the upright image.
 *
 * @throws StudioError image-bad
 */
export async function inspectImage(path: string): Promise<ImageSize> {
  const { head, tail } = await readEnds(path);
  if (head.length === 0) throw imageProblem(path, 'is empty');
  const format = formats.find(({ start }) => start.every((byte, at) => head[at] === byte));
  if (!format) throw imageProblem(path, 'is neither JPEG nor PNG, whatever its name says');
  try {
    const image = sharp(path, { failOn: 'error' });
    const { autoOrient } = await image.metadata();
    if (!tail.includes(Buffer.from(format.end))) await image.raw().toBuffer();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    throw imageProblem(path, `is damaged or ends too soon (${decoderWords(error)})`, error);
  }
}
