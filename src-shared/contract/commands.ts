import { FAMILIES, FAMILY_NAMES } from '../graph/family';
import { presets } from '../network/presets';

/** Where a command belongs: a room, or everywhere. */
export type CommandRoom = 'everywhere' | 'design' | 'train' | 'filters' | 'export';

/** Something that a person can have the studio do: in the palette, in native menus, by its shortcut. */
export interface Command {
  id: string;
  /** Sentence case, a verb first. */
  label: string;
  /**
   * Keys joined by "+", the key itself last: "Mod+Shift+Z". Mod is Ctrl, on a Mac Command. A key without Mod or Alt is not taken from
   * someone who is typing.
   */
  shortcut: string | null;
  room: CommandRoom;
}

function command(id: string, label: string, room: CommandRoom, shortcut: string | null = null): Command {
  return { id, label, shortcut, room };
}

/** Every command. What it does is registered by the part of the window that does it; one that nobody registered is not offered. */
export const commands: readonly Command[] = [
  command('palette', 'Search or run a command', 'everywhere', 'Mod+K'),
  command('go.welcome', 'Go to Welcome', 'everywhere', 'Alt+0'),
  command('go.design', 'Go to Design', 'everywhere', 'Alt+1'),
  command('go.train', 'Go to Train', 'everywhere', 'Alt+2'),
  command('go.filters', 'Go to Filters', 'everywhere', 'Alt+3'),
  command('go.export', 'Go to Export', 'everywhere', 'Alt+4'),
  command('project.save', 'Save the project', 'everywhere', 'Mod+S'),
  command('project.rename', 'Rename the project', 'everywhere', 'F2'),
  command('project.close', 'Close the project', 'everywhere'),
  command('edit.undo', 'Undo', 'everywhere', 'Mod+Z'),
  command('edit.redo', 'Redo', 'everywhere', 'Mod+Shift+Z'),
  ...FAMILIES.map((family) =>
    command(`family.${family}`, `Show the design as ${FAMILY_NAMES[family]}`, 'everywhere'),
  ),
  command('design.fit', 'Fit the design into view', 'design', 'F'),
  command('design.tidy', 'Tidy the design', 'design', 'T'),
  command('design.zoom-in', 'Zoom in', 'design', '+'),
  command('design.zoom-out', 'Zoom out', 'design', '-'),
  command('design.select-all', 'Select all layers', 'design', 'Mod+A'),
  command('design.remove', 'Remove the selected layers', 'design', 'Delete'),
  command('design.group', 'Group the selection', 'design', 'Mod+G'),
  command('design.ungroup', 'Ungroup', 'design', 'Mod+Shift+G'),
  command('design.collapse', 'Collapse or expand', 'design', 'E'),
  command('design.search', 'Search layers to add', 'design', '/'),
  command('train.start', 'Train this design', 'everywhere', 'Mod+Enter'),
  command('train.pause', 'Pause training', 'everywhere'),
  command('train.resume', 'Resume training', 'everywhere'),
  command('train.stop', 'Stop training', 'everywhere'),
  command('train.checkpoint', 'Write a checkpoint now', 'everywhere'),
  command('filters.save-csv', 'Save the M-Filters as CSV', 'filters'),
  command('export.packed', 'Export the packed model', 'export'),
  command('theme.light', 'Use the light theme', 'everywhere'),
  command('theme.dark', 'Use the dark theme', 'everywhere'),
  command('theme.system', 'Use the theme of the system', 'everywhere'),
  ...presets.map((preset) =>
    command(`template.${preset.id}`, `Open the template ${preset.name}`, 'everywhere'),
  ),
];

/** The command of an id. @throws Error when there is none, which is a mistake in the program */
export function findCommand(id: string): Command {
  const found = commands.find((entry) => entry.id === id);
  if (!found) throw new Error(`There is no command "${id}"`);
  return found;
}
