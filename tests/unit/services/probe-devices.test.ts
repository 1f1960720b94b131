import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEVICE_NAMES, type DeviceReport } from '@shared/contract/device';
import { probeDevices, type ProbeOptions } from '@main/services/probe-devices';
import { forkEngine } from '@main/shell/fork-engine';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mcn-probe-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const GOOD: Omit<DeviceReport, 'name'> = {
  usable: true,
  description: 'A device',
  identity: { version: 'driver 1', adapter: 'chip', memory: 1024, software: false },
  reason: null,
  fix: null,
  notNative: null,
  speed: null,
};

/** Probes in real processes that answer for every device but webgpu, for which they do what is told. */
function probesWhere(webgpu: string, options?: ProbeOptions): Promise<DeviceReport[]> {
  const file = join(dir, 'engine.cjs');
  writeFileSync(
    file,
    `process.once('message', ({ job }) => {
      if (job.device === 'webgpu') { ${webgpu} }
      const session = () => Number(require('node:fs').readFileSync('/proc/self/stat', 'utf8').split(' ')[5]);
      const isOwn = process.platform === 'linux' ? session() === process.pid : job.aside;
      const how = job.aside && isOwn ? { description: 'Tried aside' } : {};
      process.send({ type: 'device', report: { name: job.device, ...${JSON.stringify(GOOD)}, ...how } });
      process.send({ type: 'done' }, () => process.disconnect());
    });`,
  );
  return probeDevices(forkEngine(file), options);
}

describe('the trial of every device in a process of its own', () => {
  it('tells what each process found, in the order of the devices', async () => {
    const reports = await probesWhere('');
    expect(reports).toEqual(DEVICE_NAMES.map((name) => ({ name, ...GOOD })));
  });

  it('goes on when one crashes, and says how', async () => {
    const reports = await probesWhere('process.kill(process.pid, "SIGSEGV"); while (true);');
    expect(reports.map(({ usable }) => usable)).toEqual([true, true, false, true]);
    expect(reports[2]).toMatchObject({
      name: 'webgpu',
      reason: 'Its trial failed. The process that was computing ended unexpectedly (SIGSEGV).',
      fix: expect.stringContaining('driver'),
    });
  });

  it('ends with the studio, without waiting for what hangs', async () => {
    const closing = new AbortController();
    const probing = probesWhere('while (true);', { milliseconds: 60_000, signal: closing.signal });
    setTimeout(() => {
      closing.abort();
    }, 2_000);
    const began = performance.now();
    await expect(probing).rejects.toMatchObject({ problem: { code: 'studio-closing' } });
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  it('stands back behind everything else when nobody waits for it', async () => {
    const reports = await probesWhere('', { aside: true });
    expect(reports.map(({ description }) => description)).toEqual(DEVICE_NAMES.map(() => 'Tried aside'));
  });

  it('goes on when one hangs, and ends it', async () => {
    const reports = await probesWhere('while (true);', { milliseconds: 3_000 });
    expect(reports.map(({ usable }) => usable)).toEqual([true, true, false, true]);
    expect(reports[2]).toMatchObject({ reason: 'Its trial did not end within 3 s.' });
  });
});
