import { commandHelp, type Command } from './command';
import { dataCommand } from './data-command';
import { devicesCommand } from './devices-command';
import { evalCommand } from './eval-command';
import { exportCommand } from './export-command';
import { forkCommand } from './fork-command';
import { inspectCommand } from './inspect-command';
import { presetsCommand } from './presets-command';
import { resumeCommand } from './resume-command';
import { runsCommand } from './runs-command';
import { serveCommand } from './serve-command';
import { trainCommand } from './train-command';
import { textTable } from './text-table';
import { UsageError } from './usage-error';

/** All commands in the order in which a person meets them. */
export const commands: readonly Command[] = [
  presetsCommand,
  trainCommand,
  resumeCommand,
  forkCommand,
  runsCommand,
  evalCommand,
  exportCommand,
  inspectCommand,
  dataCommand,
  devicesCommand,
  serveCommand,
];

/** @throws UsageError when there is none of that name */
export function findCommand(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  throw new UsageError(`There is no command "${name}".`, null);
}

/** The list of commands, or the help of one. */
export function helpText(name: string | null): string {
  if (name !== null) return commandHelp(findCommand(name));
  const rows = commands.map((command) => [
    `  ${[command.name, ...command.arguments].join(' ')}`,
    command.help.split('. ')[0]!.replace(/\.$/, ''),
  ]);
  return [
    'MCN Studio: design, train, inspect and export modulated convolutional networks.',
    '',
    'mcn-studio COMMAND [options]',
    '',
    ...textTable(rows),
    '',
    'mcn-studio help COMMAND shows the options of one.',
  ].join('\n');
}
