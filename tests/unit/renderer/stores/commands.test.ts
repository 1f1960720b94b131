import { createPinia, disposePinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { useCommandsStore } from '@renderer/stores/commands';

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  vi.useFakeTimers();
  const pinia = createPinia();
  setActivePinia(pinia);
  onTestFinished(() => {
    disposePinia(pinia);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
});

it('keys that can do nothing now say why for a while, until others do something', () => {
  const commands = useCommandsStore();
  const run = vi.fn();
  commands.register('edit.undo', { run, reason: () => 'Nothing was changed.' });
  commands.register('edit.redo', { run });

  expect(commands.runByKeys('edit.undo')).toBe(false);
  expect(commands.whyNothing).toBe('Undo: Nothing was changed.');
  vi.advanceTimersByTime(3900);
  expect(commands.whyNothing).not.toBeNull();
  vi.advanceTimersByTime(200);
  expect(commands.whyNothing).toBeNull();

  commands.runByKeys('edit.undo');
  expect(commands.runByKeys('edit.redo')).toBe(true);
  expect([commands.whyNothing, run.mock.calls.length]).toEqual([null, 1]);
});

it('a button or menu shows its reason itself', () => {
  const commands = useCommandsStore();
  commands.register('edit.undo', { run: () => undefined, reason: () => 'Nothing was changed.' });
  expect(commands.run('edit.undo')).toBe(false);
  expect(commands.whyNothing).toBeNull();
});
