import { join } from 'node:path';
import { z } from 'zod';
import { datasetRegistry } from '@shared/datasets/registry';
import { StudioError } from '@shared/problem';
import type { Dataset } from './dataset';
import { readDataFile } from './idx-file';
import { readIdxFolder, type IdxFolder } from './idx-folder';
import { IDX_ROLES, type IdxRole } from './idx-names';
import { checkLabels } from './idx-split';

const sum = z.string().regex(/^[0-9a-f]{64}$/);
const checksumsSchema = z.record(z.enum(IDX_ROLES), sum);

/** SHA-256 of the decompressed content of each of the four files. */
export type IdxChecksums = Readonly<Record<IdxRole, string>>;

/** Where the bundled files of MNIST lie, with checksums.json beside them. */
export function bundledMnistDir(resourcesDir: string): string {
  return join(resourcesDir, 'data', 'mnist');
}

/**
 * The checksums of genuine MNIST, as bundled.
 *
 * @throws StudioError dataset-checksums when the list is not what it should be, and those of readDataFile.
 */
export async function mnistChecksums(resourcesDir: string): Promise<IdxChecksums> {
  const path = join(bundledMnistDir(resourcesDir), 'checksums.json');
  const text = new TextDecoder().decode(await readDataFile(path));
  try {
    return checksumsSchema.parse(JSON.parse(text));
  } catch (error) {
    const message = `${path} does not list the SHA-256 of the four files of MNIST.`;
    throw new StudioError(
      { code: 'dataset-checksums', message, fix: 'Install the studio again.', path },
      { cause: error },
    );
  }
}

/** The first file of a folder whose content differs from genuine MNIST; undefined when it is MNIST. */
export function firstDifference(
  folder: Pick<IdxFolder, 'checksums'>,
  genuine: IdxChecksums,
): IdxRole | undefined {
  return IDX_ROLES.find((role) => folder.checksums[role] !== genuine[role]);
}

/** A folder that holds genuine MNIST as a data set. */
export function mnistDataset(folder: IdxFolder): Dataset {
  const description = datasetRegistry['mnist']!;
  checkLabels(folder.train, description.classes.length, folder.paths['train-labels-idx1-ubyte']);
  checkLabels(folder.test, description.classes.length, folder.paths['t10k-labels-idx1-ubyte']);
  return { description, train: folder.train, test: folder.test, checksums: folder.checksums };
}

/**
 * Opens the MNIST that comes with the studio.
 *
 * @throws StudioError dataset-checksum when a file is not the genuine one, and those of readIdxFolder.
 */
export async function openBundledMnist(resourcesDir: string): Promise<Dataset> {
  const genuine = await mnistChecksums(resourcesDir);
  const folder = await readIdxFolder(bundledMnistDir(resourcesDir));
  const wrong = firstDifference(folder, genuine);
  if (wrong) {
    const path = folder.paths[wrong];
    const message = `${path} is not the file that was bundled: its content has the SHA-256 ${folder.checksums[wrong]}, expected ${genuine[wrong]}.`;
    const fix = 'Install the studio again, or open the folder itself as a data set of your own.';
    throw new StudioError({ code: 'dataset-checksum', message, fix, path });
  }
  return mnistDataset(folder);
}
