import { createPinia, disposePinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { studio } from '@renderer/bridge';
import { useMenuCommands } from '@renderer/frame/use-menu-commands';
import { useCommandsStore } from '@renderer/stores/commands';
import { useStudioStore } from '@renderer/stores/studio';
import type { NotificationMessage } from '@shared/contract/studio-api';

const asked: unknown[] = [];
let tell: (message: NotificationMessage) => void;

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  const pinia = createPinia();
  setActivePinia(pinia);
  const scope = effectScope();
  studio.attach({
    connection: ref('open'),
    request: (method, params) => {
      asked.push([method, params]);
      return Promise.resolve({ ok: true, result: {} });
    },
    subscribe: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  scope.run(useMenuCommands);
  onTestFinished(() => {
    scope.stop();
    disposePinia(pinia);
    vi.unstubAllGlobals();
  });
});

function shellIs(shell: 'electron' | 'browser'): void {
  useStudioStore().info = { version: '0', shell, shellReason: null, home: '/', platform: 'linux' };
}

describe('the menu of a window of the system', () => {
  it('is told what can be done, whenever that changes, and of its own commands only', async () => {
    shellIs('electron');
    const commands = useCommandsStore();
    const reason = ref<string | null>('No project is open.');
    const run = vi.fn();
    commands.register('project.new', { run });
    commands.register('project.save', { run, reason: () => reason.value });
    commands.register('theme.dark', { run });
    await nextTick();
    expect(asked.at(-1)).toEqual(['menu.enable', { commands: ['project.new'] }]);
    reason.value = null;
    await nextTick();
    expect(asked.at(-1)).toEqual(['menu.enable', { commands: ['project.new', 'project.save'] }]);
    const count = asked.length;
    commands.register('theme.light', { run });
    await nextTick();
    expect(asked).toHaveLength(count);
    tell({ notification: 'command.chosen', payload: { id: 'project.save' } });
    expect(run).toHaveBeenCalledOnce();
  });

  it('is not there in a browser', async () => {
    shellIs('browser');
    useCommandsStore().register('project.new', { run: () => undefined });
    await nextTick();
    expect(asked).toEqual([]);
  });
});
