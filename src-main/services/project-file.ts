import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { StudioError } from '@shared/problem';
import { PROJECT_SUFFIX, type Project } from '@shared/project/project';
import { readProject } from '@shared/project/read-project';
import { errorCode } from '../files/error-code';

const MAX_BYTES = 50e6;

/** SHA-256 in hexadecimal, by which the content of a project file is told from what it was. */
export function contentHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function unreadable(path: string, why: string, cause?: unknown): StudioError {
  const problem = {
    code: 'project-unreadable',
    message: `${path} cannot be opened: ${why}.`,
    fix: `Name a ${PROJECT_SUFFIX} file that you may read.`,
    path,
  };
  return new StudioError(problem, { cause });
}

/** The bytes of what may be a project. A pipe or a device is none: it might never end. */
async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw unreadable(path, 'it is no file');
    if (stats.size <= MAX_BYTES) return await readFile(path);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const code = errorCode(error);
    throw unreadable(path, code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown'), error);
  }
  throw new StudioError({
    code: 'project-too-large',
    message: `${path} is larger than any project.`,
    fix: `Name a ${PROJECT_SUFFIX} file.`,
    path,
  });
}

/** Reads a project file. @throws StudioError project-unreadable, project-too-large, and those of readProject */
export async function readProjectFile(path: string): Promise<{ project: Project; hash: string }> {
  const bytes = await readBytes(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, 'it is no text in UTF-8', error);
  }
  const read = readProject(text, path);
  if (!read.ok) throw new StudioError(read.problems[0]!);
  return { project: read.value, hash: contentHash(bytes) };
}

/** The hash of what a path holds now; null when there is no file. @throws StudioError project-unreadable, project-too-large */
export async function hashOfFile(path: string): Promise<string | null> {
  const there = await stat(path).catch(() => null);
  return there?.isFile() === true ? contentHash(await readBytes(path)) : null;
}
