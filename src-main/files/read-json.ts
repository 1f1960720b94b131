import { readFile } from 'node:fs/promises';
import { StudioError } from '@shared/problem';

/**
 * The JSON of a file; undefined when there is no such file.
 * @throws StudioError file-unreadable when it cannot be read, file-not-json when it holds something else
 */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new StudioError(
      {
        code: 'file-unreadable',
        message: `${path} cannot be read (${code ?? message}).`,
        fix: 'Check that it is a file and that you may read it.',
        path,
      },
      { cause: error },
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new StudioError(
      {
        code: 'file-not-json',
        message: `${path} is damaged: its JSON is broken (${(error as Error).message}).`,
        fix: 'Take a copy from before the damage.',
        path,
      },
      { cause: error },
    );
  }
}
