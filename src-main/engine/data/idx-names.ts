import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '@shared/problem';

/** The four files of a data set as IDX, under the names that MNIST gave them. */
export const IDX_ROLES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;
export type IdxRole = (typeof IDX_ROLES)[number];

/** The path of each of the four files. */
export type IdxPaths = Readonly<Record<IdxRole, string>>;

/** "train-images-idx3-ubyte", "train-images.idx3-ubyte", "emnist-letters-test-images-idx3-ubyte", each also with .gz. */
const NAME = /^(?:.+-)?(train|t10k|test)-(images|labels)[-.]idx([13])-ubyte(\.gz)?$/i;

interface Found {
  name: string;
  role: string;
  zipped: boolean;
}

function readName(name: string): Found | null {
  const match = NAME.exec(name);
  if (!match) return null;
  const part = match[1]!.toLowerCase() === 'train' ? 'train' : 't10k';
  return {
    name,
    role: `${part}-${match[2]!.toLowerCase()}-idx${match[3]}-ubyte`,
    zipped: match[4] !== undefined,
  };
}

/** The one file of a role. Of a file and its gzipped twin the plain one is read. */
function choose(dir: string, role: IdxRole, all: readonly Found[]): string {
  const found = all.filter((file) => file.role === role);
  const plain = found.filter((file) => !file.zipped);
  const candidates = plain.length > 0 ? plain : found;
  if (candidates.length === 0) {
    throw new StudioError({
      code: 'dataset-file-missing',
      message: `${dir} has no file ${role} (plain or with .gz).`,
      fix: `A data set as IDX is a folder with ${IDX_ROLES.join(', ')}; one of images has train/CLASS/*.jpg (or .png), and val or test with the same classes.`,
      path: dir,
    });
  }
  if (candidates.length > 1) {
    const names = candidates.map((file) => file.name).join(', ');
    throw new StudioError({
      code: 'dataset-ambiguous',
      message: `${dir} has more than one file for ${role}: ${names}.`,
      fix: 'Give each data set a folder of its own.',
      path: dir,
    });
  }
  return join(dir, candidates[0]!.name);
}

/**
 * The names of what lies in the folder of a data set, sorted.
 *
 * @throws StudioError dataset-folder-missing, dataset-folder-unreadable.
 */
export async function listFolder(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).sort();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    const missing = reason === 'ENOENT';
    const code = missing ? 'dataset-folder-missing' : 'dataset-folder-unreadable';
    const words = missing
      ? 'does not exist'
      : reason === 'ENOTDIR'
        ? 'is not a folder'
        : `cannot be read (${reason})`;
    const fix = 'Give the folder that holds the files of the data set.';
    throw new StudioError(
      { code, message: `The data set folder ${dir} ${words}.`, fix, path: dir },
      { cause: error },
    );
  }
}

/**
 * Finds the four IDX files of a data set in a folder, whichever of the usual ways they are named.
 *
 * @throws StudioError dataset-file-missing, dataset-ambiguous, and those of listFolder.
 */
export async function findIdxFiles(dir: string): Promise<IdxPaths> {
  const all = (await listFolder(dir)).flatMap((name) => readName(name) ?? []);
  const paths = IDX_ROLES.map((role) => [role, choose(dir, role, all)] as const);
  return Object.fromEntries(paths) as Record<IdxRole, string>;
}
