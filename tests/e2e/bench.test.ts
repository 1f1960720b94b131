import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../src-main/setup/bench.mjs', import.meta.url));

function runBench(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

describe('npm run bench', () => {
  it('measures without a peer, and then tells no ratio', async () => {
    const { code, stdout, stderr } = await runBench([
      ...['--workloads', 'mcn-mnist-small', '--steps', '1', '--no-peer', '--json'],
    ]);
    expect(code, stderr).toBe(0);
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Record<string, unknown>;
    const positive = expect.toSatisfy((value: number) => value > 0) as unknown;
    expect(last).toMatchObject({
      type: 'bench',
      worstMcnRatio: null,
      wrnRatio: null,
      steps: 1,
      mcconvForwardGflops: positive,
      memory: null,
      scaling: null,
      torch: { problem: 'PyTorch was left out (--no-peer).' },
    });
    const [workload, ...others] = last.workloads as Record<string, unknown>[];
    expect(others).toEqual([]);
    expect(workload).toMatchObject({
      name: 'mcn-mnist-small',
      batch: 128,
      milliseconds: positive,
      peakBytes: positive,
      peer: null,
      peerProblem: null,
      ratio: null,
    });
    const { milliseconds, kernels } = workload!.profile as {
      milliseconds: number;
      kernels: { name: string; milliseconds: number }[];
    };
    expect(kernels.map(({ name }) => name)).toContain('ModulatedConv2DBackprop');
    const inKernels = kernels.reduce((sum, kernel) => sum + kernel.milliseconds, 0);
    expect(inKernels).toBeGreaterThan(0.3 * milliseconds);
    expect(inKernels).toBeLessThanOrEqual(milliseconds);
  });
});
