import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDeflate } from 'node:zlib';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { temporaryFolder } from './idx-fixture';
import { matHeader, matrix, matrixStart } from './mat-fixture';

const IMAGE = 3072;
/** Noise that repeats only after a MiB, further back than deflate looks. */
const BLOCK_IMAGES = 341;
const BLOCKS = 191;
const COUNT = BLOCK_IMAGES * BLOCKS;
const MB = 1_000_000;

function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Builds the program that reads a file in a process of its own. */
async function buildChild(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': path('../../../../src-shared'), '@main': path('../../../../src-main') } },
    build: {
      ssr: path('./svhn-memory-child.ts'),
      outDir,
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  return join(outDir, 'child.mjs');
}

function* xBytes(block: Uint8Array): Generator<Uint8Array> {
  yield matrixStart({ name: 'X', dims: [32, 32, 3, COUNT], data: block }, COUNT * IMAGE);
  for (let index = 0; index < BLOCKS; index++) yield block;
}

/** Writes a file of 200 MB piece by piece. */
async function writeBig(file: string, block: Uint8Array, labels: Uint8Array, packed: boolean): Promise<void> {
  const stream = createWriteStream(file);
  stream.write(matHeader());
  if (packed) stream.write(new Uint8Array(8));
  const deflate = createDeflate({ level: 1 });
  const source = Readable.from(xBytes(block));
  if (packed) await pipeline(source, deflate, stream, { end: false });
  else await pipeline(source, stream, { end: false });
  stream.end(matrix({ name: 'y', dims: [COUNT, 1], data: labels }));
  await once(stream, 'close');
  if (!packed) return;
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(15, 0);
  tag.writeUInt32LE(
    (await stat(file)).size - 136 - matrix({ name: 'y', dims: [COUNT, 1], data: labels }).length,
    4,
  );
  const handle = await open(file, 'r+');
  await handle.write(tag, 0, 8, 128);
  await handle.close();
}

/** What the child must find: the images row by row, then the digits. */
function expectedSha256(block: Uint8Array, labels: Uint8Array): string {
  const rows = new Uint8Array(block.length);
  for (let at = 0; at < block.length; at++) {
    const [image, y, x, c] = [
      Math.floor(at / IMAGE),
      at % 32,
      Math.floor(at / 32) % 32,
      Math.floor(at / 1024) % 3,
    ];
    rows[image * IMAGE + (y * 32 + x) * 3 + c] = block[at]!;
  }
  const hash = createHash('sha256');
  for (let index = 0; index < BLOCKS; index++) hash.update(rows);
  return hash.update(labels.map((label) => label % 10)).digest('hex');
}

it('a file of 200 MB, plain and compressed, is read with less than 300 MB of memory', async () => {
  const dir = await temporaryFolder();
  const child = await buildChild(join(dir, 'child'));
  const block = randomBytes(BLOCK_IMAGES * IMAGE);
  const labels = Uint8Array.from({ length: COUNT }, (_, at) => (at % 10) + 1);
  const sha256 = expectedSha256(block, labels);
  for (const packed of [false, true]) {
    const file = join(dir, packed ? 'packed.mat' : 'plain.mat');
    await writeBig(file, block, labels, packed);
    expect((await stat(file)).size).toBeGreaterThan(200 * MB);
    const { stdout } = await promisify(execFile)(process.execPath, [child, file]);
    const found = JSON.parse(stdout) as { count: number; extra: number; sha256: string };
    expect(found).toMatchObject({ count: COUNT, sha256 });
    // The images themselves are 200 MB of it, which also shows that the measure sees them.
    expect(found.extra).toBeGreaterThan(200 * MB);
    expect(found.extra).toBeLessThan(300 * MB);
  }
}, 180_000);
