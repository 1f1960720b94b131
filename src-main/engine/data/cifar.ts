import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import { datasetRegistry } from '@shared/datasets/registry';
import { StudioError } from '@shared/problem';
import { ByteReader } from './byte-reader';
import { readCifarFile, type CifarPart, type CifarRecord } from './cifar-file';
import { hashed, openDataFile, type DataFile } from './data-file';
import type { Dataset } from './dataset';
import { describeSet, knownOrOwn } from './describe-set';
import { gunzipStream } from './gunzip-stream';
import { CHANNELS, SIDE } from './planar-images';
import type { Split } from './split';
import { tarFiles } from './tar';

/** Files and records of one of the two sets. */
interface CifarLayout extends CifarRecord {
  readonly known: DatasetDescription;
  readonly train: readonly string[];
  readonly test: string;
  /** Names of the classes, one a line. */
  readonly names: string;
  /** The archive of all of them as its authors name it. */
  readonly archive: string;
}

const layouts: readonly CifarLayout[] = [
  {
    known: datasetRegistry['cifar10']!,
    labelBytes: 1,
    labelAt: 0,
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
    test: 'test_batch.bin',
    names: 'batches.meta.txt',
    archive: 'cifar-10-binary.tar.gz',
  },
  {
    known: datasetRegistry['cifar100']!,
    labelBytes: 2,
    labelAt: 1,
    train: ['train.bin'],
    test: 'test.bin',
    names: 'fine_label_names.txt',
    archive: 'cifar-100-binary.tar.gz',
  },
];

const MAX_NAMES_BYTES = 64 * 1024;

interface Names {
  readonly classes: readonly string[];
  readonly sha256: string;
}

function refuse(code: string, path: string, message: string, fix: string): never {
  throw new StudioError({ code, message: `${path} ${message}`, fix, path });
}

/** Reads the names of the classes; they must be as many as the set has. */
async function readNames(file: DataFile, expected: number): Promise<Names> {
  const fix = 'Get the file again.';
  if (file.bytes > MAX_NAMES_BYTES) refuse('cifar-names', file.path, `has ${file.bytes} bytes.`, fix);
  const hash = createHash('sha256');
  const reader = new ByteReader(hashed(file.chunks, hash), () =>
    refuse('cifar-names', file.path, 'ends too soon.', fix),
  );
  try {
    const lines = new TextDecoder().decode(await reader.read(file.bytes)).split('\n');
    const classes = lines.map((line) => line.trim()).filter((line) => line !== '');
    if (classes.length !== expected) {
      refuse('cifar-names', file.path, `names ${classes.length} classes, expected ${expected}.`, fix);
    }
    return { classes, sha256: hash.digest('hex') };
  } finally {
    await reader.close();
  }
}

function together(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function joined(parts: readonly CifarPart[]): Split {
  return {
    count: parts.reduce((sum, part) => sum + part.count, 0),
    height: SIDE,
    width: SIDE,
    channels: CHANNELS,
    images: together(parts.map((part) => part.images)),
    labels: together(parts.map((part) => part.labels)),
  };
}

/** The set whose files are among these names. */
function layoutOf(names: readonly string[]): CifarLayout | undefined {
  return layouts.find((layout) => [layout.test, ...layout.train].some((name) => names.includes(name)));
}

/** The archive of a set among these names. */
function archiveAmong(names: readonly string[]): string | undefined {
  return layouts.map(({ archive }) => archive).find((archive) => names.includes(archive));
}

/** Collects the files of a set in whatever order they come. */
class CifarFiles {
  readonly #parts = new Map<string, CifarPart>();
  #names: Names | null = null;
  #layout: CifarLayout | null = null;

  /** Reads a file of a set. One that belongs to neither set, and one after a second set began, is left alone. */
  async take(file: DataFile): Promise<void> {
    const layout = layouts.find(({ train, test, names }) => [...train, test, names].includes(file.name));
    if (!layout) return;
    this.#layout ??= layout;
    if (layout !== this.#layout) return;
    const classes = layout.known.classes.length;
    if (file.name === layout.names) this.#names = await readNames(file, classes);
    else this.#parts.set(file.name, await readCifarFile(file, layout, classes));
  }

  /** The set in memory. */
  dataset(place: string): Dataset {
    const layout = this.#layout;
    if (!layout) {
      refuse(
        'dataset-file-missing',
        place,
        'holds no file of CIFAR.',
        'Give the binary version of CIFAR-10 or CIFAR-100.',
      );
    }
    const part = (name: string): CifarPart => {
      const found = this.#parts.get(name);
      if (found) return found;
      const all = [...layout.train, layout.test].join(', ');
      const fix = `${layout.known.name} in its binary version has ${all}.`;
      return refuse('dataset-file-missing', place, `has no file ${name}.`, fix);
    };
    const train = joined(layout.train.map(part));
    const test = joined([part(layout.test)]);
    const names = this.#names ?? { classes: layout.known.classes, sha256: null };
    const checksums = [...layout.train, layout.test].map((name) => [name, part(name).sha256] as const);
    if (names.sha256 !== null) checksums.push([layout.names, names.sha256]);
    return {
      description: knownOrOwn(describeSet(place, train, test, names.classes), layout.known),
      train,
      test,
      checksums: Object.fromEntries(checksums),
    };
  }
}

/** Whether a folder with files of these names holds CIFAR-10 or CIFAR-100. */
export function isCifarFolder(names: readonly string[]): boolean {
  return layoutOf(names) !== undefined || archiveAmong(names) !== undefined;
}

/**
 * Opens CIFAR-10 or CIFAR-100 (by its fine labels) as a folder of its binary version, or of its archive as it was
 * downloaded. The file of class names may be missing: then they are the usual ones. Genuine sets are recognised and
 * described by the registry.
 *
 * @throws StudioError dataset-file-missing, cifar-names, and those of readCifarFile and openDataFile.
 */
export async function openCifarFolder(dir: string, names: readonly string[]): Promise<Dataset> {
  const layout = layoutOf(names);
  if (!layout) return openCifarArchive(join(dir, archiveAmong(names)!));
  const files = new CifarFiles();
  for (const name of [...layout.train, layout.test, layout.names]) {
    if (names.includes(name)) await files.take(await openDataFile(join(dir, name)));
  }
  return files.dataset(dir);
}

/**
 * Opens CIFAR-10 or CIFAR-100 straight from the archive that its authors give away, without unpacking it on disk.
 *
 * @throws StudioError gzip-bad, and those of tarFiles and openCifarFolder.
 */
export async function openCifarArchive(path: string): Promise<Dataset> {
  const archive = await openDataFile(path);
  const plain = gunzipStream(archive.chunks, (reason, cause) => {
    const fix = 'The archive is damaged or no .tar.gz: get it again.';
    return new StudioError({ code: 'gzip-bad', message: `${path} ${reason}.`, fix, path }, { cause });
  });
  const files = new CifarFiles();
  for await (const file of tarFiles(plain, path)) await files.take(file);
  return files.dataset(path);
}
