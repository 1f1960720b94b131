/** A shortcut as commands.ts writes it, taken apart. */
interface Keys {
  mod: boolean;
  shift: boolean;
  alt: boolean;
  key: string;
}

/** What of a keyboard event decides. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Keys with Mod that belong to the text while someone types. */
const TEXT_KEYS: ReadonlySet<string> = new Set(['A', 'X', 'C', 'V']);

/** Keys with Mod that undo and redo: the typing itself, or what it did to the project. */
const HISTORY_KEYS: ReadonlySet<string> = new Set(['Z', 'Y']);

/** Names of keys that are no words for people. */
const KEY_SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };

function parse(shortcut: string): Keys {
  const key = shortcut.endsWith('+') ? '+' : shortcut.slice(shortcut.lastIndexOf('+') + 1);
  const before = shortcut.slice(0, shortcut.length - key.length).split('+');
  return { mod: before.includes('Mod'), shift: before.includes('Shift'), alt: before.includes('Alt'), key };
}

/** Whether this is a Mac, where Command does what Ctrl does elsewhere. */
export function isMac(): boolean {
  return /Mac/.test(navigator.userAgent);
}

/** Whether a key press is this shortcut. */
export function matchesShortcut(shortcut: string, event: KeyPress, mac: boolean): boolean {
  const keys = parse(shortcut);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (mod !== keys.mod || other || event.altKey !== keys.alt) return false;
  // Where Alt makes another character of a digit or a letter (Mac), the key itself still tells.
  if (/^\d$/.test(keys.key)) return event.code === `Digit${keys.key}` && event.shiftKey === keys.shift;
  if (mac && keys.alt && /^[a-z]$/i.test(keys.key)) {
    return event.code === `Key${keys.key.toUpperCase()}` && event.shiftKey === keys.shift;
  }
  if (event.key.toUpperCase() !== keys.key.toUpperCase()) return false;
  // For signs the layout decides whether Shift is needed.
  const sign = keys.key.length === 1 && !/[a-z]/i.test(keys.key);
  return sign || event.shiftKey === keys.shift;
}

/** Whether a shortcut may be taken from someone who is typing in a text box; `editsProject` as in {@link KeyPlace}. */
export function worksWhileTyping(shortcut: string, editsProject: boolean): boolean {
  const keys = parse(shortcut);
  if (keys.mod && HISTORY_KEYS.has(keys.key.toUpperCase())) return editsProject;
  // With Alt they go word by word on a Mac.
  if (keys.key.startsWith('Arrow')) return false;
  if (keys.mod) return !TEXT_KEYS.has(keys.key.toUpperCase());
  return keys.alt || /^F\d+$/.test(keys.key);
}

/** Where a key was pressed. */
export interface KeyPlace {
  /** In a text box. */
  typing: boolean;
  /** Where typing is itself an edit of the project, so that it is undone as one. */
  editsProject: boolean;
  /** In a list, a menu, a dialog or a choice box, to which plain keys mean something of their own. */
  ownsPlainKeys: boolean;
}

/** Whether a shortcut holds where its keys were pressed. */
export function worksAt(shortcut: string, { typing, editsProject, ownsPlainKeys }: KeyPlace): boolean {
  if (typing) return worksWhileTyping(shortcut, editsProject);
  const { mod, alt } = parse(shortcut);
  return mod || alt || !ownsPlainKeys;
}

/** As people read it: "Ctrl Shift Z", on a Mac "⌘ ⇧ Z"; empty without a shortcut. */
export function shortcutText(shortcut: string | null, mac = isMac()): string {
  if (shortcut === null) return '';
  const { mod, shift, alt, key } = parse(shortcut);
  const parts = [
    ...(mod ? ['Mod'] : []),
    ...(alt ? ['Alt'] : []),
    ...(shift ? ['Shift'] : []),
    KEY_SIGNS[key] ?? key,
  ];
  return parts.map((part) => (mac ? (MAC_SIGNS[part] ?? part) : part === 'Mod' ? 'Ctrl' : part)).join(' ');
}
