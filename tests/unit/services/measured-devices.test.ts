import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceName, DeviceReport } from '@shared/contract/device';
import { locateHome, type Home } from '@main/services/home';
import { fasterGpu, rememberDevices } from '@main/services/measured-devices';

let home: Home;

beforeEach(() => {
  home = locateHome(join(mkdtempSync(join(tmpdir(), 'mcn-measured-')), 'home'));
});

afterEach(() => {
  rmSync(join(home.dir, '..'), { recursive: true, force: true });
});

function device(name: DeviceName, imagesPerSecond: number): DeviceReport {
  return {
    name,
    usable: true,
    description: name,
    identity: { version: '1', adapter: 'chip', memory: null, software: false },
    reason: null,
    fix: null,
    notNative: null,
    speed: { imagesPerSecond, multiplyAdds: 1e6 },
  };
}

const VERSIONS = { studio: '1.2.3', node: '20.1.0' };
const FASTER = [device('cpu-native', 100), device('webgpu', 200)];

/** Changes the file as another version, machine or accident would have it. */
function rewrite(change: (text: string) => string): void {
  writeFileSync(home.measuredDevices, change(readFileSync(home.measuredDevices, 'utf8')));
}

describe('the GPU that was measured to be faster than the CPU', () => {
  it('is remembered', async () => {
    await rememberDevices(home, VERSIONS, FASTER);
    expect(await fasterGpu(home, VERSIONS)).toBe('webgpu');
  });

  it('is none where the CPU is faster', async () => {
    await rememberDevices(home, VERSIONS, FASTER);
    await rememberDevices(home, VERSIONS, [device('cpu-native', 300), device('webgpu', 200)]);
    expect(await fasterGpu(home, VERSIONS)).toBeNull();
  });

  it('is none before anything was measured', async () => {
    expect(await fasterGpu(home, VERSIONS)).toBeNull();
  });

  it.each(['studio', 'node', 'processor'])('is none where it was measured with another %s', async (what) => {
    await rememberDevices(home, VERSIONS, FASTER);
    rewrite((text) => text.replace(new RegExp(`"${what}": ".*"`), `"${what}": "another"`));
    expect(await fasterGpu(home, VERSIONS)).toBeNull();
  });

  it('is none where the file is damaged', async () => {
    await rememberDevices(home, VERSIONS, FASTER);
    rewrite((text) => text.slice(0, 40));
    expect(await fasterGpu(home, VERSIONS)).toBeNull();
    rewrite(() => '{"madeFor":{},"reports":[{"name":"npu"}]}');
    expect(await fasterGpu(home, VERSIONS)).toBeNull();
  });
});
