import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { relative } from 'node:path';
import { root } from './project.mjs';

/** All files below a folder. */
export async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
}

/**
 * One number for files and what else matters: contents, not times, which a checkout changes.
 * @param also text that counts as if it stood in a file
 */
export async function fingerprint(files, also = '') {
  const hash = createHash('sha256').update(also);
  for (const file of [...files].sort()) {
    hash.update(`${relative(root, file)}\0`).update(
      createHash('sha256')
        .update(await readFile(file))
        .digest(),
    );
  }
  return hash.digest('hex');
}

/** What a stamp file says; null without one. */
export async function readStamp(file) {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
