import { execFileSync } from 'node:child_process';

const MIB = 2 ** 20;
const MILLISECONDS = 5_000;

/** Reads "NVIDIA GeForce RTX 4090, 24564" lines of nvidia-smi; null when there is none. */
export function parseNvidiaSmi(text: string): { adapter: string; memory: number } | null {
  const [, adapter, mebibytes] = /^(.+), (\d+)\s*$/m.exec(text) ?? [];
  return adapter === undefined ? null : { adapter, memory: Number(mebibytes) * MIB };
}

/** Name and memory of the first NVIDIA GPU, as its driver's own tool tells; null where that tool is missing or fails. */
export function firstNvidiaGpu(): { adapter: string; memory: number } | null {
  const query = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'];
  try {
    const text = execFileSync('nvidia-smi', query, {
      encoding: 'utf8',
      timeout: MILLISECONDS,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return parseNvidiaSmi(text);
  } catch {
    return null;
  }
}
