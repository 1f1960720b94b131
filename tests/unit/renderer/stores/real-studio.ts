import { join } from 'node:path';
import { createPinia, disposePinia, setActivePinia } from 'pinia';
import { onTestFinished, vi } from 'vitest';
import { ref } from 'vue';
import { studio } from '@renderer/bridge';
import { locateHome, type Home } from '@main/services/home';
import { createStudio } from '@main/services/studio';
import { temporaryFolder } from '../../run-folder/run-fixture';

/** What the stores use of a browser's window. */
function stubWindow(): void {
  const memory = new Map<string, string>();
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => memory.set(key, value),
  });
}

/** Stores of a new window, with a real studio in a home of its own behind them. */
export function realStudio(): { home: Home; request: (method: string, params: unknown) => Promise<unknown> } {
  stubWindow();
  const home = locateHome(join(temporaryFolder(), 'home'));
  const service = createStudio({
    home,
    resourcesDir: '',
    startProcess: () => {
      throw new Error('No engine is needed here');
    },
    shell: 'browser',
    shellReason: null,
    version: '0',
    allowed: [],
    chooseFile: null,
    enableInMenu: null,
  });
  const own = service.connect({ send: () => undefined });
  const other = service.connect({ send: () => undefined });
  const pinia = createPinia();
  onTestFinished(async () => {
    disposePinia(pinia);
    await service.close();
    vi.unstubAllGlobals();
  });
  studio.attach({
    connection: ref('open'),
    request: (method, params) => own.handle(method, params),
    subscribe: () => () => undefined,
  });
  setActivePinia(pinia);
  return { home, request: (method, params) => other.handle(method, params) };
}
