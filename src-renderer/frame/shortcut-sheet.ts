import { commands, type CommandRoom } from '@shared/contract/commands';
import { shortcutText } from '../ui/shortcut';

/** One thing to do, and the keys or the gesture that does it. */
export interface ShortcutLine {
  label: string;
  keys: string;
}

/** What belongs together on the sheet. */
export interface ShortcutGroup {
  title: string;
  lines: ShortcutLine[];
}

const ROOM_TITLES: Readonly<Record<CommandRoom, string>> = {
  everywhere: 'Everywhere',
  design: 'Design',
  train: 'Train',
  filters: 'Filters',
  export: 'Export',
};

/** What the pointer and plain keys do on the canvas, which are no commands. Mod stands for Ctrl or Command, as in commands.ts. */
const CANVAS: readonly (readonly [label: string, keys: string])[] = [
  ['Add a layer there', 'double-click'],
  ['Add a layer by its name', 'any letter'],
  ['Connect two layers', 'drag from a port'],
  ['Choose what comes next', 'let go in empty space'],
  ['Put a loose layer into a connection', 'drop it there'],
  ['Move a layer freely, drawn to nothing', 'Alt drag'],
  ['Move the view', 'drag empty space'],
  ['Zoom', 'wheel'],
  ['Select within a frame', 'Shift drag'],
  ['Add to the selection', 'Mod click'],
  ['Go along connections', '← → ↑ ↓'],
  ['Select along connections, too', 'Shift ← → ↑ ↓'],
  ['Go along without selecting', 'Mod ← → ↑ ↓'],
  ['Select or deselect', 'Space'],
  ['Go to the fields of a layer', 'Enter'],
  ['Clear the selection', 'Escape'],
];

/** What keys do in the outline. */
const OUTLINE: typeof CANVAS = [
  ['Open, close, go inward and outward', '→ ←'],
  ['Go to a layer by its name', 'any letter'],
  ['Select up to there', 'Shift ↑ ↓'],
  ['Select or deselect', 'Mod Space'],
  ['Go to it on the canvas', 'Enter'],
];

function gestureLines(lines: typeof CANVAS, mac: boolean): ShortcutLine[] {
  return lines.map(([label, keys]) => ({ label, keys: keys.replace('Mod', mac ? '⌘' : 'Ctrl') }));
}

function commandLines(room: CommandRoom, mac: boolean): ShortcutLine[] {
  return commands.flatMap(({ room: own, label, shortcut }) =>
    own === room && shortcut !== null ? [{ label, keys: shortcutText(shortcut, mac) }] : [],
  );
}

/** Every shortcut and gesture of the window, by where it holds. */
export function shortcutGroups(mac: boolean): ShortcutGroup[] {
  const rooms = (Object.keys(ROOM_TITLES) as CommandRoom[]).map((room) => {
    return { title: ROOM_TITLES[room], lines: commandLines(room, mac) };
  });
  const gestures = [
    { title: 'On the canvas', lines: gestureLines(CANVAS, mac) },
    { title: 'In the outline', lines: gestureLines(OUTLINE, mac) },
  ];
  return [...rooms, ...gestures].filter(({ lines }) => lines.length > 0);
}
