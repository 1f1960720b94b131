import { expect, it } from 'vitest';
import { commands } from '@shared/contract/commands';
import { shortcutGroups } from '@renderer/frame/shortcut-sheet';

it('holds every command that has a shortcut, once', () => {
  const lines = shortcutGroups(false).flatMap((group) => group.lines);
  for (const { label, shortcut } of commands) {
    expect(lines.filter((line) => line.label === label)).toHaveLength(shortcut === null ? 0 : 1);
  }
});

it('says the keys of the machine', () => {
  const keysOf = (label: string, mac: boolean): string =>
    shortcutGroups(mac)
      .flatMap((group) => group.lines)
      .find((line) => line.label === label)!.keys;
  expect(keysOf('Undo', false)).toBe('Ctrl Z');
  expect(keysOf('Undo', true)).toBe('⌘ Z');
  expect(keysOf('Add to the selection', false)).toBe('Ctrl click');
  expect(keysOf('Add to the selection', true)).toBe('⌘ click');
});

it('has no two commands of one room under the same keys', () => {
  for (const room of ['design', 'train', 'filters', 'export'] as const) {
    const here = commands.filter((one) => one.room === room || one.room === 'everywhere');
    const keys = here.flatMap(({ shortcut }) => (shortcut === null ? [] : [shortcut]));
    expect(new Set(keys).size).toBe(keys.length);
  }
});
