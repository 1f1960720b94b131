import { describe, expect, it } from 'vitest';
import {
  matchesShortcut,
  shortcutText,
  worksAt,
  worksWhileTyping,
  type KeyPress,
} from '@renderer/ui/shortcut';
import { commands } from '@shared/contract/commands';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

describe('matchesShortcut', () => {
  it.each<[string, KeyPress, boolean]>([
    ['Mod+K', press('k', { ctrlKey: true }), true],
    ['Mod+K', press('K', { ctrlKey: true, shiftKey: true }), false],
    ['Mod+K', press('k', { metaKey: true }), false],
    ['Mod+K', press('k'), false],
    ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
    ['Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false],
    ['Alt+1', press('¡', { altKey: true, code: 'Digit1' }), true],
    ['Alt+1', press('1', { code: 'Digit1' }), false],
    ['+', press('+', { shiftKey: true }), true],
    ['/', press('/', { shiftKey: true }), true],
    ['F', press('f'), true],
    ['F', press('f', { ctrlKey: true }), false],
    ['F2', press('F2'), true],
  ])('%s against %o: %s', (shortcut, event, expected) => {
    expect(matchesShortcut(shortcut, event, false)).toBe(expected);
  });

  it('knows a letter with Alt by its key on a Mac, where it makes another character', () => {
    const held = press('Dead', { altKey: true, code: 'KeyN' });
    expect(matchesShortcut('Alt+N', held, true)).toBe(true);
    expect(matchesShortcut('Alt+N', { ...held, code: 'KeyM' }, true)).toBe(false);
    expect(matchesShortcut('Alt+N', press('n', { altKey: true }), false)).toBe(true);
  });

  it('takes Command for Mod on a Mac, and leaves Ctrl alone there', () => {
    expect(matchesShortcut('Mod+S', press('s', { metaKey: true }), true)).toBe(true);
    expect(matchesShortcut('Mod+S', press('s', { ctrlKey: true }), true)).toBe(false);
  });
});

it('leaves letters and the editing of text to someone who types', () => {
  for (const shortcut of ['F', '/', 'Delete', 'Mod+Z', 'Mod+Shift+Z', 'Mod+A']) {
    expect(worksWhileTyping(shortcut, false)).toBe(false);
  }
  for (const shortcut of ['Mod+K', 'Mod+S', 'Alt+1', 'F2', 'Mod+Enter']) {
    expect(worksWhileTyping(shortcut, false)).toBe(true);
  }
});

it('takes undo and redo, and no other editing of text, where typing edits the project', () => {
  for (const shortcut of ['Mod+Z', 'Mod+Shift+Z', 'Mod+Y']) {
    expect(worksWhileTyping(shortcut, true)).toBe(true);
    expect(worksWhileTyping(shortcut, false)).toBe(false);
  }
  for (const shortcut of ['F', 'Delete', 'Mod+A', 'Mod+C', 'Mod+V', 'Mod+X']) {
    expect(worksWhileTyping(shortcut, true)).toBe(false);
  }
});

it('leaves plain keys to lists, menus and dialogs, and takes the others there', () => {
  const list = { typing: false, editsProject: false, ownsPlainKeys: true };
  const page = { typing: false, editsProject: false, ownsPlainKeys: false };
  for (const shortcut of ['F', 'T', '+', '/', 'Delete', 'F2']) {
    expect(worksAt(shortcut, list)).toBe(false);
    expect(worksAt(shortcut, page)).toBe(true);
  }
  for (const shortcut of ['Mod+S', 'Mod+Z', 'Alt+1']) expect(worksAt(shortcut, list)).toBe(true);
  expect(worksAt('Mod+Z', { ...list, typing: true })).toBe(false);
});

it('writes shortcuts as people read them', () => {
  expect(shortcutText('Mod+Shift+Z', false)).toBe('Ctrl Shift Z');
  expect(shortcutText('Mod+Shift+Z', true)).toBe('⌘ ⇧ Z');
  expect(shortcutText('+', false)).toBe('+');
  expect(shortcutText(null, false)).toBe('');
});

it('gives no two commands that can meet the same shortcut, and none the same id', () => {
  expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
  for (const room of ['design', 'train', 'filters', 'export']) {
    const here = commands
      .filter((command) => command.room === room || command.room === 'everywhere')
      .flatMap(({ shortcut, alias }) => [shortcut, alias].filter((keys) => keys !== null));
    expect(new Set(here).size).toBe(here.length);
  }
});
