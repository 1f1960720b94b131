import { readFile, stat } from 'node:fs/promises';
import { readPacked, type ReadPacked } from '@shared/packed/read-packed';
import { failed, type Problem, type Result } from '@shared/problem';
import { errorCode } from '../../files/error-code';

/** What Node reads in one go; packed models are far smaller. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

function readingProblem(path: string, error: unknown): Problem {
  if (errorCode(error) === 'ENOENT') {
    const fix = 'Check the path, or export the model again.';
    return { code: 'file-missing', message: `${path} does not exist.`, fix, path };
  }
  const reason = error instanceof Error ? error.message : String(error);
  const message = `${path} cannot be read (${reason}).`;
  return { code: 'file-unreadable', message, fix: 'Check that you may read the file.', path };
}

/**
 * Reads *.mcn.safetensors from the disk. Trusts nothing: problems of the file are a failed result (PACKED_ERRORS), as are
 * file-missing, file-unreadable (a folder, a device, no permission) and file-too-large.
 */
export async function readPackedFile(path: string): Promise<Result<ReadPacked>> {
  let bytes: Uint8Array;
  try {
    // Asked before opening: a named pipe would wait for its other end.
    const status = await stat(path);
    if (!status.isFile()) {
      const fix = 'Choose the file itself.';
      return failed({ code: 'file-unreadable', message: `${path} is not a file.`, fix, path });
    }
    if (status.size > MAX_FILE_BYTES) {
      const message = `${path} has ${status.size} bytes; at most ${MAX_FILE_BYTES} can be read.`;
      return failed({ code: 'file-too-large', message, fix: 'Choose a packed model.', path });
    }
    bytes = await readFile(path);
  } catch (error) {
    return failed(readingProblem(path, error));
  }
  return readPacked(bytes, path);
}
