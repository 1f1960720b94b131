import { wayAlong, type Direction } from '../cards/neighbour';
import type { Designer } from '../state/use-designer';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const LETTER = /^\p{L}$/u;

/** What keys do while a connection is drawn by them: arrows choose where it ends, Enter connects, Escape gives up. */
function connectingKey({ connecting }: Designer, { key }: KeyboardEvent): boolean {
  if (!connecting.draft.value?.byKeys) return false;
  if (key === 'ArrowRight' || key === 'ArrowDown') connecting.turn(1);
  else if (key === 'ArrowLeft' || key === 'ArrowUp') connecting.turn(-1);
  else if (key === 'Enter') connecting.finish();
  else if (key === 'Escape') connecting.cancel();
  else return key === ' ' || key === 'Backspace' || LETTER.test(key);
  return true;
}

/**
 * What keys do while a card has the focus: arrows select along connections, with Shift in addition, with Ctrl they only go there; Space
 * adds to the selection or takes out of it, Enter goes to the inspector, Backspace removes, Escape clears, a letter opens the list of layers to add. Everything else is a command
 * (room-commands.ts).
 */
export function canvasKeys(designer: Designer): (event: KeyboardEvent) => void {
  const { selection, edges, connectionSteps, quickAdd } = designer;

  /** What is typed before the box of the open list has the keyboard goes there all the same. */
  function typed(letter: string): void {
    const call = quickAdd.call.value;
    if (call) quickAdd.search(call.query + letter);
    else designer.callQuickAdd(letter);
  }

  /** What keys do while a connection has the focus: along it to a layer, or to the connections beside it. */
  function connectionKey({ key }: KeyboardEvent): boolean {
    if (edges.cursor.value === null) return false;
    const direction = directions[key];
    const way = direction && wayAlong(designer.document.value, direction);
    if (way) connectionSteps.leave(way === 'in' ? 'from' : 'to');
    else if (direction) connectionSteps.turn(direction === 'left' || direction === 'up' ? -1 : 1);
    else if (key === 'Enter') designer.callInspector();
    else return key === ' ';
    return true;
  }

  function plainKey(event: KeyboardEvent): boolean {
    const direction = directions[event.key];
    if (direction) {
      designer.step(direction, event.shiftKey ? 'add' : 'only');
      return true;
    }
    switch (event.key) {
      case 'Enter':
        if (selection.ids.value.length === 0 && selection.cursor.value !== null) {
          selection.pick(selection.cursor.value);
        }
        designer.callInspector();
        return true;
      case ' ':
        if (selection.cursor.value !== null) selection.pick(selection.cursor.value, true);
        return true;
      case 'Backspace':
        designer.removeSelected();
        return true;
      case 'Escape':
        selection.clear();
        edges.clear();
        return true;
      default:
        if (event.shiftKey || !LETTER.test(event.key)) return false;
        typed(event.key.toLowerCase());
        return true;
    }
  }

  /** With Ctrl, arrows go on without selecting; Space then adds to the selection. */
  function controlKey({ key }: KeyboardEvent): boolean {
    const direction = directions[key];
    if (!direction || designer.connecting.draft.value || edges.cursor.value !== null) return false;
    designer.step(direction, 'none');
    return true;
  }

  function anyKey(event: KeyboardEvent): boolean {
    return connectingKey(designer, event) || connectionKey(event) || plainKey(event);
  }

  return (event) => {
    if (event.altKey) return;
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl ? !controlKey(event) : !anyKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
