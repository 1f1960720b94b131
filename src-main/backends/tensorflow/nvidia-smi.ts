import { execFileSync } from 'node:child_process';

const MIB = 2 ** 20;
const MILLISECONDS = 5_000;

/** A GPU by the name that its driver has for it, and its memory in bytes. */
export interface NvidiaGpu {
  adapter: string;
  memory: number;
}

/** What NVIDIA's driver says: its first GPU; that it has none, in its own words; null where the driver is not installed. */
export type NvidiaDriver = { gpu: NvidiaGpu } | { gpu: null; says: string } | null;

/** Reads "NVIDIA GeForce RTX 4090, 24564" lines of nvidia-smi; null when there is none. */
export function parseNvidiaSmi(text: string): NvidiaGpu | null {
  const [, adapter, mebibytes] = /^(.+), (\d+)\s*$/m.exec(text) ?? [];
  return adapter === undefined ? null : { adapter, memory: Number(mebibytes) * MIB };
}

/** Asks the tool that comes with NVIDIA's driver. */
export function askNvidiaDriver(milliseconds = MILLISECONDS): NvidiaDriver {
  const query = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'];
  try {
    const text = execFileSync('nvidia-smi', query, {
      encoding: 'utf8',
      timeout: milliseconds,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const gpu = parseNvidiaSmi(text);
    return gpu ? { gpu } : { gpu: null, says: firstLine(text) };
  } catch (error) {
    const { code, stdout } = error as NodeJS.ErrnoException & { stdout?: string };
    if (code === 'ENOENT') return null;
    if (code === 'ETIMEDOUT') return { gpu: null, says: `no answer within ${milliseconds / 1000} s` };
    return { gpu: null, says: firstLine(stdout ?? '') };
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]!.replace(/\.$/, '') || 'nothing';
}
