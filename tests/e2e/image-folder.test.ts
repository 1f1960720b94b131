import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { defaultsOf } from '@shared/fields/check-value';
import { chain } from '@shared/graph/chain';
import { projectText } from '@shared/project/project-text';
import { trainingFields } from '@shared/training/settings';
import { readCheckpoint } from '@main/run-folder/checkpoint-file';
import { checkpointFile } from '@main/run-folder/checkpoint-index';
import { readEnvironment } from '@main/run-folder/environment';
import { mcn, startMcn, workFolder } from './mcn';

/** Photographs of two classes in several sizes: light at the top, or at the bottom, in any colour. */
async function photographs(dir: string): Promise<void> {
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

/** A project on a folder of images that trains in seconds. */
function project(folder: string, dataset: string): string {
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

it('trains on a folder of images, goes on bit for bit after a stop, and tests what it trained', async () => {
  const home = workFolder();
  const data = join(home, 'photographs');
  await photographs(data);
  const file = project(home, data);
  const whole = join(home, 'whole');
  const first = await mcn(home, 'train', '--project', file, '--out', whole, '--json');
  expect([first.code, first.stderr]).toEqual([0, '']);
  const finished = first.lines().at(-1)!;
  expect(finished).toMatchObject({ type: 'finished', epochs: 12, step: 60 });
  expect(finished.testAccuracy).toBeGreaterThan(0.9);

  const known = (await mcn(home, 'data', 'list', '--json')).lines();
  const counts = { classes: 2, trainCount: 80, testCount: 20 };
  expect(known.at(-1)).toMatchObject({ name: 'photographs', kind: 'images', place: data, ...counts });

  const parts = join(home, 'parts');
  const { child, finished: ended } = startMcn(home, ['train', '--project', file, '--out', parts, '--json']);
  let seen = '';
  child.stdout!.on('data', (text: Buffer) => {
    seen += text.toString();
    if (seen.includes('"type":"epoch"')) child.kill('SIGINT');
  });
  expect((await ended).code).toBe(130);
  const middle = await readCheckpoint(await checkpointFile(parts, 'last'));
  expect(middle.step).toBeLessThan(60);
  expect((await mcn(home, 'resume', parts)).code).toBe(0);
  const [a, b] = await Promise.all(
    [whole, parts].map(async (dir) => readCheckpoint(await checkpointFile(dir, 'last'))),
  );
  expect(b!.weights).toEqual(a!.weights);
  expect(b!.optimizer).toEqual(a!.optimizer);

  expect((await readEnvironment(whole))!.data.description.classes).toEqual(['bottom', 'top']);
  const packed = join(home, 'photographs.mcn.safetensors');
  expect((await mcn(home, 'export', whole, '--out', packed)).code).toBe(0);
  const tested = await mcn(home, 'eval', packed, '--data', 'photographs', '--json');
  expect(tested.lines().at(-1)).toMatchObject({ accuracy: finished.testAccuracy, count: 20 });
});

it('refuses a damaged image by name before it trains, and leaves no run behind', async () => {
  const home = workFolder();
  const data = join(home, 'photographs');
  await photographs(data);
  const bad = join(data, 'train', 'top', '7.jpg');
  writeFileSync(bad, (await sharp(bad).toBuffer()).subarray(0, 300));
  const out = join(home, 'run');
  const { code, stderr } = await mcn(home, 'train', '--project', project(home, data), '--out', out);
  expect(code).toBe(1);
  expect(stderr).toContain(`${bad} is damaged or ends too soon`);
  expect(existsSync(out)).toBe(false);
});
