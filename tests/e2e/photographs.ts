import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import { projectText } from '@shared/project/project-text';
import { trainingFields } from '@shared/training/settings';

/** Photographs of two classes in several sizes: light at the top, or at the bottom, in any colour. */
export async function photographs(dir: string): Promise<void> {
  for (const [part, count] of Object.entries({ train: 40, val: 10 })) {
    for (const [bottom, name] of ['bottom', 'top'].entries()) {
      for (let image = 0; image < count; image++) {
        const [width, height] = [20 + (image % 7), 18 + (image % 5)];
        const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
          const lower = Math.floor(at / 3 / width) >= height / 2;
          return (lower === (bottom === 0) ? 150 : 20) + ((image * 37 + at * 11) % 60);
        });
        const path = join(dir, part, name, `${image}.jpg`);
        mkdirSync(dirname(path), { recursive: true });
        await sharp(pixels, { raw: { width, height, channels: 3 } })
          .jpeg({ quality: 90 })
          .toFile(path);
      }
    }
  }
}

/** A project on a folder of images that trains in seconds. Returns its path. */
export function photographsProject(folder: string, dataset: string): string {
  const path = join(folder, 'photographs.mcnproj');
  const document = chain([
    ['input', 'input', 'Input', { height: 16, width: 16, color: 'rgb' }],
    ['mc1', 'mcconv', 'MCconv 1', { maps: 3, stride: 2 }],
    ['bn', 'batchnorm', 'BatchNorm'],
    ['relu', 'relu', 'ReLU'],
    ['flatten', 'flatten', 'Flatten'],
    ['fc', 'dense', 'Dense', { units: 2 }],
    ['output', 'output', 'Output'],
  ]);
  const training = {
    ...defaultsOf(trainingFields),
    epochs: 12,
    batchSize: 16,
    cropPadding: 1,
    horizontalFlip: true,
    trainCrop: 'random',
  } as const;
  const content = {
    version: 1,
    id: 'photographs',
    name: 'Photographs',
    document,
    family: 'mcn',
    dataset,
    training,
  } as const;
  writeFileSync(path, projectText(content));
  return path;
}
