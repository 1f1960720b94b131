import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron as electron } from 'playwright-core';
import { expect, it } from 'vitest';
import { BRIDGE_NAME } from '@shared/contract/bridge';

const root = fileURLToPath(new URL('../..', import.meta.url));
const setup = new URL('../../src-main/setup/electron-binary.mjs', import.meta.url).href;
const { findElectron } = (await import(/* @vite-ignore */ setup)) as {
  findElectron(): { path?: string; reason?: string };
};
const { path, reason } = findElectron();

it('opens the studio in a window that knows nothing of Node', async ({ skip }) => {
  skip(path === undefined, reason);
  const home = await mkdtemp(join(tmpdir(), 'mcn-electron-'));
  const app = await electron.launch({ executablePath: path!, args: [root, `--home=${home}`] });
  try {
    const page = await app.firstWindow();
    await page.getByText('MCN Studio').first().waitFor();
    const seen = await page.evaluate(async (name) => {
      const bridge = (
        window as unknown as Record<string, { request(method: string, params: object): Promise<unknown> }>
      )[name]!;
      return {
        node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
        bridge: Object.keys(bridge).sort(),
        info: await bridge.request('studio.info', {}),
      };
    }, BRIDGE_NAME);
    expect(seen).toMatchObject({
      node: ['undefined', 'undefined'],
      bridge: ['pathOf', 'request', 'subscribe'],
      info: { ok: true, result: { shell: 'electron', shellReason: null, home } },
    });
  } finally {
    await app.close();
    await rm(home, { recursive: true, force: true });
  }
});
