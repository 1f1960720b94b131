import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { temporaryFolder } from '../idx-fixture';

/** The image of a function of place, in R, G and B from 0 to 255. */
export function painted(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number],
): Sharp {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set(color(x, y), (y * width + x) * 3);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** One colour all over, as PNG. */
export function plainPng(
  width: number,
  height: number,
  color: readonly [number, number, number],
): Promise<Buffer> {
  return painted(width, height, () => color)
    .png()
    .toBuffer();
}

/** A folder with these files; missing folders are made. */
export async function treeOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const dir = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content);
  }
  return dir;
}

/** Six training and four validation images of two classes, red and blue shades, 12 x 10 and larger. */
export async function smallFolder(): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const [index, name] of ['blue', 'red'].entries()) {
    for (let image = 0; image < 3; image++) {
      const shade = 100 + 20 * image;
      const color = index === 0 ? ([10, 20 + image, shade] as const) : ([shade, 20 + image, 10] as const);
      files[`train/${name}/${image}.png`] = await plainPng(12 + image, 10, color);
      if (image < 2) files[`val/${name}/${image}.png`] = await plainPng(16, 12, color);
    }
  }
  return files;
}
