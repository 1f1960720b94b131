import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPackedFile } from '@main/exporters/packed/read-packed-file';
import { writePackedFile } from '@main/exporters/packed/write-packed-file';
import { PACKED_SUFFIX } from '@shared/packed/packed-model';
import { StudioError, type Problem } from '@shared/problem';
import { smallModel, written } from '../packed/sample-models';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packed-'));
  path = join(folder, `model${PACKED_SUFFIX}`);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function refusal(attempt: Promise<unknown>): Promise<Problem> {
  const error: unknown = await attempt.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof StudioError)) throw new Error('no StudioError', { cause: error });
  return error.problem;
}

async function readProblem(file: string): Promise<Problem> {
  const result = await readPackedFile(file);
  if (result.ok) throw new Error('was read');
  return result.problems[0]!;
}

describe('packed files on disk', () => {
  it('hold what the writer made, and read back', async () => {
    const { ledger, notices } = await writePackedFile(path, smallModel());
    expect((await stat(path)).size).toBe(ledger.fileBytes);
    expect(notices).toEqual([]);
    expect(new Uint8Array(await readFile(path))).toEqual(written(smallModel()).bytes);
    const result = await readPackedFile(path);
    expect(result.ok && result.value.ledger).toEqual(ledger);
  });

  it('of a warm-up checkpoint come with a notice', async () => {
    const { notices } = await writePackedFile(path, { ...smallModel(), centers: new Map() });
    expect(notices.map((notice) => notice.code)).toEqual(['packed-centers-fitted']);
    expect((await readPackedFile(path)).ok).toBe(true);
  });

  it('are not touched when the model or the place is bad', async () => {
    await writeFile(path, 'old');
    const model = smallModel();
    const weights = new Map(model.weights).set('fc/bias', Float32Array.of(NaN, 0, 0, 0));
    expect((await refusal(writePackedFile(path, { ...model, weights }))).code).toBe('packed-unwritable');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual([`model${PACKED_SUFFIX}`]);
    const nowhere = join(folder, 'nowhere', 'model');
    expect(await refusal(writePackedFile(nowhere, model))).toMatchObject({
      code: 'file-folder-missing',
      path: nowhere,
    });
  });

  it('that are missing, folders or damaged are problems that name the path', async () => {
    expect(await readProblem(path)).toMatchObject({ code: 'file-missing', path });
    await mkdir(path);
    expect(await readProblem(path)).toMatchObject({ code: 'file-unreadable', path });
    await rm(path, { recursive: true });
    await writeFile(path, written(smallModel()).bytes.subarray(0, 900));
    expect(await readProblem(path)).toMatchObject({ code: 'packed-truncated', path });
  });
});
