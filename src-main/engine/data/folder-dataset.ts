import { isCifarFolder, openCifarFolder } from './cifar';
import type { Dataset } from './dataset';
import { openIdxFolder } from './idx-dataset';
import { listFolder } from './idx-names';
import { isSvhnFolder, openSvhnFolder } from './svhn';

/**
 * Opens the folder of a data set: CIFAR-10 or CIFAR-100 in their binary version, SVHN with cropped digits, or else four
 * IDX files; told apart by the names of the files.
 *
 * @throws StudioError those of listFolder, openCifarFolder, openSvhnFolder and openIdxFolder.
 */
export async function openFolder(dir: string, resourcesDir: string): Promise<Dataset> {
  const names = await listFolder(dir);
  if (isCifarFolder(names)) return openCifarFolder(dir, names);
  if (isSvhnFolder(names)) return openSvhnFolder(dir, names);
  return openIdxFolder(dir, resourcesDir);
}
