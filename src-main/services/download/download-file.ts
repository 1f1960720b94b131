import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DownloadFile } from '@shared/datasets/downloads';
import { formatBytes } from '@shared/words/format-bytes';
import { StudioError } from '@shared/problem';
import { writeProblem } from '../../files/atomic-write';
import { errorCode } from '../../files/error-code';
import { downloadProblem } from './download-problem';
import { openRemote, type RemotePart } from './http-source';

/** How a download behaves. */
export interface DownloadOptions {
  /** Ends it; what was received stays for the next time. */
  signal: AbortSignal;
  /** Told the bytes of the file that are here. */
  onProgress(done: number): void;
  /** Connections after the first one that broke; each goes on where the one before was cut. */
  retries?: number;
  /** Before the first of them; twice as many before each further one. */
  retrySeconds?: number;
  /** After so long without a byte a connection counts as broken. */
  idleSeconds?: number;
}

/** Where a file grows until it is whole. */
export function partPath(path: string): string {
  return `${path}.part`;
}

/** The length of a file; 0 when there is none. */
export async function lengthOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(chunk);
  return hash.digest('hex');
}

/** The system's error in the words of the studio; any other one as it is. */
function asWriteProblem(path: string, error: unknown): unknown {
  const problem = error instanceof StudioError ? null : writeProblem(path, error);
  return problem ? new StudioError(problem, { cause: error }) : error;
}

/** Adds what the server gives to the part, but no more than the file has. A chunk is on disk before the next one is taken. */
async function append(
  file: DownloadFile,
  part: string,
  { from, body }: RemotePart,
  options: DownloadOptions,
): Promise<void> {
  const handle = await open(part, from === 0 ? 'w' : 'a').catch((error: unknown) => {
    throw asWriteProblem(part, error);
  });
  let done = from;
  options.onProgress(done);
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      if (done + chunk.length > file.bytes) {
        const message = `${file.url} goes on after the ${formatBytes(file.bytes)} of ${file.name}.`;
        throw downloadProblem('download-checksum', message);
      }
      await handle.appendFile(chunk).catch((error: unknown) => {
        throw asWriteProblem(part, error);
      });
      done += chunk.length;
      options.onProgress(done);
    }
  } catch (error) {
    if (error instanceof StudioError || options.signal.aborted) throw error;
    const message = `${file.url}: the connection broke after ${formatBytes(done)} (${errorCode(error) ?? String(error)}).`;
    throw downloadProblem('download-cut', message, error);
  } finally {
    await handle.close();
  }
  if (done < file.bytes) {
    const message = `${file.url}: the connection ended after ${formatBytes(done)} of ${formatBytes(file.bytes)}.`;
    throw downloadProblem('download-cut', message);
  }
}

/** One connection: goes on where the part ends. */
async function receive(file: DownloadFile, part: string, options: DownloadOptions): Promise<void> {
  const { signal, idleSeconds = 60 } = options;
  const here = await lengthOf(part);
  const remote = await openRemote(file.url, here, idleSeconds, signal);
  if (!remote) {
    await rm(part, { force: true });
    throw downloadProblem('download-cut', `${file.url} has no more bytes than the ${here} that are here.`);
  }
  try {
    await append(file, part, remote, options);
  } finally {
    remote.body.destroy();
  }
}

/** Receives until the part is whole, over as many connections as it may. */
async function receiveAll(file: DownloadFile, part: string, options: DownloadOptions): Promise<void> {
  const { retries = 4, retrySeconds = 1, signal } = options;
  for (let attempt = 0; (await lengthOf(part)) !== file.bytes; attempt++) {
    try {
      await receive(file, part, options);
    } catch (error) {
      const code = error instanceof StudioError ? error.problem.code : null;
      // A server that cannot be reached at first is given up; one that was there a moment ago may come back.
      const broken = code === 'download-cut' || (code === 'download-unreachable' && attempt > 0);
      if (!broken || attempt >= retries) throw error;
      await sleep(1000 * retrySeconds * 2 ** attempt, undefined, { signal });
    }
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}

/**
 * Gets a file from its address to `path`. It grows in a file beside it, `partPath(path)`, which outlives failures: the next
 * call goes on where it ends, when the server gives parts. Only a whole file with the right checksum is moved to `path`.
 *
 * @throws StudioError download-unreachable, download-refused, download-cut, download-checksum (the part is gone then),
 *   download-stopped, and those of writeProblem, such as file-disk-full.
 */
export async function downloadFile(
  file: DownloadFile,
  path: string,
  options: DownloadOptions,
): Promise<void> {
  const part = partPath(path);
  try {
    if ((await lengthOf(part)) > file.bytes) await rm(part);
    await receiveAll(file, part, options);
    const sha256 = await sha256Of(part);
    if (sha256 !== file.sha256) {
      const message = `${file.url} has the SHA-256 ${sha256}, but ${file.name} has ${file.sha256}.`;
      throw downloadProblem('download-checksum', message);
    }
    await syncFile(part);
    await rename(part, path);
  } catch (error) {
    if (options.signal.aborted) throw downloadProblem('download-stopped', `${file.url} was stopped.`, error);
    if (error instanceof StudioError && error.problem.code === 'download-checksum')
      await rm(part, { force: true });
    throw asWriteProblem(part, error);
  }
}
