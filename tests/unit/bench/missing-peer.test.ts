import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadBench, type TorchPeerModule } from './bench-modules';

const SCRIPT = fileURLToPath(new URL('../../../src-main/setup/bench.mjs', import.meta.url));
const { INSTALL } = await loadBench<TorchPeerModule>('torch-peer.mjs');

function runBench(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [SCRIPT, ...args],
      { env: { ...process.env, ...env } },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode!, stdout, stderr });
      },
    );
  });
}

describe('npm run bench', () => {
  it('fails on a test machine without PyTorch, before anything is measured', async () => {
    const { code, stdout, stderr } = await runBench(['--json'], {
      CI: 'true',
      MCN_PYTHON: '/nowhere/python3',
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('PyTorch cannot be run by /nowhere/python3');
    expect(stderr).toContain(INSTALL);
  });

  it('refuses what it does not understand', async () => {
    const { code, stderr } = await runBench(['--workloads', 'mcn-21'], {});
    expect(code).toBe(2);
    expect(stderr).toContain('There is no workload "mcn-21"');
  });
});
