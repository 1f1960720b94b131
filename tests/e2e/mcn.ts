import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The built command line. */
export const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

/** What a command printed, and how it ended. */
export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
  /** stdout as JSON lines. */
  lines(): Record<string, unknown>[];
}

/** A folder that goes with the test. */
export function workFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mcn-e2e-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

/** Starts the built command line with a home of its own. */
export function startMcn(
  home: string,
  args: readonly string[],
): { child: ChildProcess; finished: Promise<Finished> } {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, MCN_STUDIO_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code) => {
      const lines = (): Record<string, unknown>[] =>
        stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ code, stdout, stderr, lines });
    });
  });
  return { child, finished };
}

/** Runs the built command line to its end. */
export function mcn(home: string, ...args: string[]): Promise<Finished> {
  return startMcn(home, args).finished;
}
