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
  /** Other keys that people know from elsewhere; they work, and are not shown. */
  alias: string | null;
  room: CommandRoom;
}

function command(
  id: string,
  label: string,
  room: CommandRoom,
  shortcut: string | null = null,
  alias: string | null = null,
): Command {
  return { id, label, shortcut, alias, room };
}

/**
 * Those of the Design room. Plain letters open the list of layers there, so that shortcuts with letters need Shift; those of the clipboard
 * arrive as the clipboard events that the same keys make everywhere.
 */
const designCommands: readonly Command[] = (
  [
    ['fit', 'Fit the design into view', 'Shift+F'],
    ['tidy', 'Tidy the design', 'Shift+T'],
    ['fit-selection', 'Fit the selection into view', 'Shift+Z'],
    ['full-size', 'Show at full size, 100 %', '1'],
    ['tidy-right', 'Tidy left to right'],
    ['tidy-down', 'Tidy top to bottom'],
    ['zoom-in', 'Zoom in', '+'],
    ['zoom-out', 'Zoom out', '-'],
    ['find', 'Find a layer of the design', 'Mod+F'],
    ['search', 'Search layers to add', '/'],
    ['outline', 'Go to the outline', 'Shift+O'],
    ['add', 'Add a layer', 'Shift+A'],
    ['replace', 'Replace by another layer type', 'Shift+R'],
    ['fields', 'Edit the fields'],
    ['rename', 'Rename the layer', 'F2'],
    ['next-part', 'Go to the next part of the room', 'F6'],
    ['previous-part', 'Go to the part of the room before', 'Shift+F6'],
    ['next-problem', 'Go to the next problem', 'F8'],
    ['previous-problem', 'Go to the problem before', 'Shift+F8'],
    ['repair', 'Repair it', 'Mod+.'],
    ['width-depth', 'Change width and depth…'],
    ['connect', 'Connect to another layer', 'Shift+C'],
    ['connection-in', 'Select the next connection into it', ','],
    ['connection-out', 'Select the next connection out of it', '.'],
    ['connection-start', 'Go to where the connection begins'],
    ['connection-end', 'Go to where the connection ends'],
    ['replug-start', 'Plug its beginning in elsewhere'],
    ['replug-end', 'Plug its end in elsewhere'],
    ['disconnect', 'Disconnect', 'Shift+D'],
    ['summary', 'Show the model summary', 'Shift+S'],
    ['twins', 'Compare the twins', 'Shift+W'],
    ['diagram-svg', 'Save the diagram as SVG'],
    ['diagram-png', 'Save the diagram as PNG'],
    ['cut', 'Cut', 'Mod+X'],
    ['copy', 'Copy', 'Mod+C'],
    ['paste', 'Paste', 'Mod+V'],
    ['duplicate', 'Duplicate', 'Mod+D'],
    ['duplicate-with-inputs', 'Duplicate with its inputs', 'Mod+Shift+D'],
    ['remove', 'Remove', 'Delete'],
    ['group', 'Group the selection', 'Mod+G'],
    ['ungroup', 'Ungroup', 'Mod+Shift+G'],
    ['put-in', 'Put into the selected group'],
    ['take-out', 'Take out of its group'],
    ['collapse', 'Collapse or expand', 'Shift+E'],
    ['select-all', 'Select all layers', 'Mod+A'],
    ['select-upstream', 'Select what leads here'],
    ['select-downstream', 'Select what follows'],
    ['select-connected', 'Select all that hangs together'],
    ['align-left', 'Align left edges'],
    ['align-centre', 'Align centres in a column'],
    ['align-right', 'Align right edges'],
    ['align-top', 'Align top edges'],
    ['align-middle', 'Align middles in a row'],
    ['align-bottom', 'Align bottom edges'],
    ['distribute-across', 'Distribute horizontally'],
    ['distribute-down', 'Distribute vertically'],
    ['colour-role', 'Colour by role'],
    ['colour-binary-weights', 'Colour by 1-bit weights'],
    ['colour-float-weights', 'Colour by 32-bit weights'],
    ['colour-bytes', 'Colour by exported bytes'],
    ['colour-filter-ratio', 'Colour by how much smaller the filters are'],
    ['colour-file-ratio', 'Colour by how much smaller the file is'],
    ['colour-multiply-adds', 'Colour by multiply-adds'],
    ['colour-dense-multiply-adds', 'Colour by dense multiply-adds'],
    ['nudge-left', 'Move the selection left', 'Alt+ArrowLeft'],
    ['nudge-right', 'Move the selection right', 'Alt+ArrowRight'],
    ['nudge-up', 'Move the selection up', 'Alt+ArrowUp'],
    ['nudge-down', 'Move the selection down', 'Alt+ArrowDown'],
  ] as const
).map(([id, label, shortcut]) => command(`design.${id}`, label, 'design', shortcut ?? null));

/** Every command. What it does is registered by the part of the window that does it; one that nobody registered is not offered. */
export const commands: readonly Command[] = [
  command('palette', 'Search or run a command', 'everywhere', 'Mod+K'),
  command('shortcuts', 'Show keyboard and mouse', 'everywhere', '?'),
  command('go.welcome', 'Go to Welcome', 'everywhere', 'Alt+0'),
  command('go.design', 'Go to Design', 'everywhere', 'Alt+1'),
  command('go.train', 'Go to Train', 'everywhere', 'Alt+2'),
  command('go.filters', 'Go to Filters', 'everywhere', 'Alt+3'),
  command('go.export', 'Go to Export', 'everywhere', 'Alt+4'),
  command('project.new', 'Begin a new project', 'everywhere', 'Alt+N'),
  command('project.open', 'Open a project…', 'everywhere', 'Mod+O'),
  command('project.save', 'Save the project', 'everywhere', 'Mod+S'),
  command('project.save-as', 'Save the project as…', 'everywhere', 'Mod+Shift+S'),
  command('project.duplicate', 'Duplicate the project', 'everywhere'),
  command('project.revert', 'Revert the project to its file…', 'everywhere'),
  command('project.recover', 'Recover unsaved changes…', 'everywhere'),
  command('project.rename', 'Rename the project', 'everywhere', 'Shift+F2'),
  command('project.close', 'Close the project', 'everywhere'),
  command('edit.undo', 'Undo', 'everywhere', 'Mod+Z'),
  command('edit.redo', 'Redo', 'everywhere', 'Mod+Shift+Z', 'Mod+Y'),
  ...FAMILIES.map((family) =>
    command(`family.${family}`, `Show the design as ${FAMILY_NAMES[family]}`, 'everywhere'),
  ),
  ...designCommands,
  command('train.start', 'Train this design', 'everywhere', 'Mod+Enter'),
  command('train.pause', 'Pause training', 'everywhere'),
  command('train.resume', 'Resume training', 'everywhere'),
  command('train.stop', 'Stop training', 'everywhere'),
  command('train.checkpoint', 'Write a checkpoint now', 'everywhere'),
  command('train.fork', 'Fork the current run', 'everywhere'),
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
