import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StudioError, type Problem } from '@shared/problem';
import { errorCode } from './error-code';

/** What a file is made of: text, bytes, or pieces in order, which need not be in memory all at once. */
export type FileContent = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What the system's codes mean for a person who wants to write a file, and the way out. */
const REASONS: Readonly<Record<string, { code: string; why: string; fix: string }>> = {
  ENOENT: {
    code: 'file-folder-missing',
    why: 'its folder does not exist',
    fix: 'Create the folder, or choose another place.',
  },
  ENOTDIR: {
    code: 'file-folder-missing',
    why: 'a part of its path is a file, not a folder',
    fix: 'Choose a place inside a folder.',
  },
  EISDIR: { code: 'file-is-folder', why: 'a folder has this name', fix: 'Choose another file name.' },
  EACCES: {
    code: 'file-not-writable',
    why: 'permission is denied',
    fix: 'Choose a folder that you may write to.',
  },
  EPERM: {
    code: 'file-not-writable',
    why: 'permission is denied, or another program holds the file',
    fix: 'Close what has it open, or choose a folder that you may write to.',
  },
  EROFS: {
    code: 'file-not-writable',
    why: 'its disk is read-only',
    fix: 'Choose a folder that you may write to.',
  },
  ENOSPC: {
    code: 'file-disk-full',
    why: 'the disk is full',
    fix: 'Free some space, or choose another disk.',
  },
  EDQUOT: {
    code: 'file-disk-full',
    why: 'your share of the disk is used up',
    fix: 'Free some space, or choose another disk.',
  },
  EFBIG: {
    code: 'file-too-large',
    why: 'the system allows no file of this size',
    fix: 'Choose another disk, or raise the limit (ulimit -f).',
  },
  ENAMETOOLONG: { code: 'file-name-too-long', why: 'its name is too long', fix: 'Choose a shorter name.' },
};

/** Why a file could not be written; null when the error is none of the system's, so that it is no expected failure. */
export function writeProblem(path: string, error: unknown): Problem | null {
  const code = errorCode(error);
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return null;
  const reason = REASONS[code] ?? {
    code: 'file-unwritable',
    why: `the system says ${code}`,
    fix: 'Choose another place.',
  };
  return {
    code: reason.code,
    message: `${path} cannot be written: ${reason.why}.`,
    fix: reason.fix,
    path,
  };
}

/** Writes all of a new file and waits until the disk has it. */
async function writeNew(path: string, content: FileContent): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await writeFile(handle, content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes a rename survive a power cut where the system can. Windows, some network file systems and folders that may be written but not
 * read refuse it; the file is whole and in its place all the same.
 */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

/** Whether a folder lies at this path. */
async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats?.isDirectory() ?? false;
}

/**
 * Writes a file so that its path holds either the old content or all of the new one, whatever happens: a temporary file in the same
 * folder, fsync, rename. After any failure the temporary file is gone and the old content is untouched.
 *
 * An error that `content` itself throws while it is read passes through as it is.
 * @throws StudioError file-folder-missing, file-is-folder, file-not-writable, file-disk-full, file-too-large, file-name-too-long, file-unwritable
 */
export async function atomicWrite(path: string, content: FileContent): Promise<void> {
  const target = resolve(path);
  const folder = dirname(target);
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    // Asked before the work and not left to rename(), whose code for it differs between systems.
    if (await isFolder(target)) throw Object.assign(new Error(target), { code: 'EISDIR' });
    await writeNew(temporary, content);
    await rename(temporary, target);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const problem = writeProblem(path, error);
    throw problem ? new StudioError(problem, { cause: error }) : error;
  }
}
