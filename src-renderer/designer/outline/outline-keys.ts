import type { OutlineRow } from './outline-rows';
import type { Choosing, Outline } from './use-outline';

/** What keys need beside the outline itself. */
export interface OutlineKeysHost {
  outline: Outline;
  /** The name of what a row stands for. */
  nameOf(row: OutlineRow): string;
  /** How many rows are seen at once. */
  page(): number;
  /** Opens the menu of the row that the keyboard is at. */
  callMenu(): void;
  clear(): void;
}

/** Letters typed faster than this, in milliseconds, are one word. */
const WORD_PAUSE = 700;

const PRINTABLE = /^[\p{L}\p{N}]$/u;

/**
 * What keys do in the outline, as in any tree: up, down, Home, End and page keys move and select, with Shift a range, with Ctrl without
 * selecting; right and left open, close and go inward and outward; Space selects or deselects, Enter goes to the canvas, F2 renames,
 * Delete removes, letters go to the next name that begins with them.
 */
export function outlineKeys({
  outline,
  nameOf,
  page,
  callMenu,
  clear,
}: OutlineKeysHost): (event: KeyboardEvent) => void {
  let word = '';
  let lastTyped = -Infinity;

  function move(index: number, choosing: Choosing): void {
    outline.move(Math.max(0, Math.min(outline.rows.value.length - 1, index)), choosing);
  }

  function inward(row: OutlineRow, at: number): void {
    if (row.open === false) outline.toggle(row);
    else if (row.open && outline.rows.value[at + 1]?.parent === row.key) move(at + 1, 'only');
  }

  function outward(row: OutlineRow): void {
    if (row.open) outline.toggle(row);
    else {
      const parent = outline.rows.value.findIndex(({ key }) => key === row.parent);
      if (parent >= 0) move(parent, 'only');
    }
  }

  /** Whether a key belongs to a name: a letter or digit, or a space within a word that is being typed. */
  function isTyped({ key, shiftKey, timeStamp }: KeyboardEvent): boolean {
    if (key === ' ') return word !== '' && timeStamp - lastTyped < WORD_PAUSE;
    return PRINTABLE.test(key) && !shiftKey;
  }

  /** Goes to the next row that begins with what was typed; the same letter again and again goes through all that do. */
  function type(letter: string, at: number, now: number): void {
    word = now - lastTyped < WORD_PAUSE ? word + letter : letter;
    lastTyped = now;
    const same = word === letter.repeat(word.length / letter.length);
    const sought = same ? letter : word;
    const { length } = outline.rows.value;
    for (let step = same ? 1 : 0; step < length + (same ? 1 : 0); step += 1) {
      const index = (at + step) % length;
      if (nameOf(outline.rows.value[index]!).toLowerCase().startsWith(sought)) {
        move(index, 'only');
        return;
      }
    }
  }

  function moved(key: string, at: number): number | null {
    switch (key) {
      case 'ArrowDown':
        return at + 1;
      case 'ArrowUp':
        return at - 1;
      case 'PageDown':
        return at + page();
      case 'PageUp':
        return at - page();
      case 'Home':
        return 0;
      case 'End':
        return outline.rows.value.length - 1;
      default:
        return null;
    }
  }

  function act(event: KeyboardEvent, row: OutlineRow, at: number): boolean {
    const { key, shiftKey } = event;
    if (key === 'ArrowRight') inward(row, at);
    else if (key === 'ArrowLeft') outward(row);
    else if (key === 'Enter') outline.goTo(row);
    else if (key === 'F2' && !shiftKey) outline.beginRename(row);
    else if (key === 'Delete' || key === 'Backspace') outline.remove();
    else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) callMenu();
    else if (key === 'Escape') clear();
    else if (isTyped(event)) type(key.toLowerCase(), at, event.timeStamp);
    else if (key === ' ') move(at, 'toggle');
    else return false;
    return true;
  }

  return (event) => {
    const at = outline.active.value;
    const row = outline.rows.value[at];
    if (!row || event.altKey || event.metaKey) return;
    const index = moved(event.key, at);
    if (index !== null) move(index, event.shiftKey ? 'range' : event.ctrlKey ? 'none' : 'only');
    else if (event.ctrlKey && event.key === ' ') move(at, 'toggle');
    else if (event.ctrlKey || !act(event, row, at)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
