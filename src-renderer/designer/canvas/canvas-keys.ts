import type { Direction } from '../cards/neighbour';
import type { Designer } from '../state/use-designer';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * What keys do while a card has the focus: arrows select along connections, Space adds to the selection or takes out of it, Enter goes to
 * the inspector, Backspace removes, Escape clears. Everything else is a command (room-commands.ts).
 */
export function canvasKeys(designer: Designer): (event: KeyboardEvent) => void {
  const { selection } = designer;

  function plainKey(event: KeyboardEvent): boolean {
    const direction = directions[event.key];
    if (direction) {
      designer.step(direction);
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
        return true;
      default:
        return false;
    }
  }

  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!plainKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
