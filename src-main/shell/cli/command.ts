import { parseArgs, type ParseArgsConfig } from 'node:util';
import { problemText, type Problem } from '@shared/problem';
import type { Home } from '../../services/home';
import type { StartProcess } from '../../services/engine-process';
import { UsageError } from './usage-error';

/** What every command gets from the shell. */
export interface CommandContext {
  home: Home;
  resourcesDir: string;
  rendererDir: string;
  startProcess: StartProcess;
  version: string;
  /** Writes one line of the answer to stdout. */
  print(line: string): void;
  /** Writes one line for the person to stderr. */
  say(line: string): void;
}

/** What a run is made with, and what a device was measured with. */
export function versionsOf({ version }: CommandContext): { studio: string; node: string } {
  return { studio: version, node: process.versions.node };
}

export interface CommandOption {
  type: 'string' | 'boolean';
  /** What stands for the value: N, FILE; absent for switches. */
  value?: string;
  multiple?: boolean;
  help: string;
}

/** A command: its words, its options, what it does. Resolves to the exit code. */
export interface Command {
  name: string;
  /** Names of the positional arguments; those in brackets, at the end, may be left out. */
  arguments: readonly string[];
  help: string;
  options: Readonly<Record<string, CommandOption>>;
  run(input: CommandInput, context: CommandContext): Promise<number>;
}

/** Parsed words of a command line. */
export interface CommandInput {
  positionals: readonly string[];
  text(option: string): string | undefined;
  list(option: string): readonly string[];
  flag(option: string): boolean;
  /** A whole number of at least 1. @throws UsageError */
  count(option: string): number | undefined;
}

/** Options of all commands. */
export const COMMON_OPTIONS: Readonly<Record<string, CommandOption>> = {
  json: { type: 'boolean', help: 'Print JSON, one object a line, and nothing else.' },
  home: { type: 'string', value: 'DIR', help: 'Home folder of runs and projects; also MCN_STUDIO_HOME.' },
  help: { type: 'boolean', help: 'Show this help.' },
};

/** "--limit-train N". */
function optionWords([name, option]: [string, CommandOption]): string {
  return `--${name}${option.value ? ` ${option.value}` : ''}`;
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS });
  const width = Math.max(...options.map((option) => optionWords(option).length)) + 2;
  return [
    `mcn-studio ${[command.name, ...command.arguments].join(' ')} [options]`,
    '',
    command.help,
    '',
    ...options.map((option) => `  ${optionWords(option).padEnd(width)}${option[1].help}`),
  ].join('\n');
}

/** Reads the words behind a command's name. @throws UsageError for unknown options and wrong numbers of arguments */
export function parseCommand(command: Command, words: readonly string[]): CommandInput {
  const known = { ...command.options, ...COMMON_OPTIONS };
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    Object.entries(known).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]!, command.name);
  }
  const values = parsed.values as Record<string, string | boolean | (string | boolean)[] | undefined>;
  const wanted = command.arguments.length;
  const needed = command.arguments.filter((name) => !name.startsWith('[')).length;
  const given = parsed.positionals.length;
  if ((given < needed || given > wanted) && values.help !== true) {
    const message =
      given < needed
        ? `${command.name} needs ${command.arguments[given]!}.`
        : `${command.name} does not take "${parsed.positionals[wanted]!}".`;
    throw new UsageError(message, command.name);
  }
  return {
    positionals: parsed.positionals,
    text: (option) => values[option] as string | undefined,
    list: (option) => (values[option] as string[] | undefined) ?? [],
    flag: (option) => values[option] === true,
    count: (option) => {
      const text = values[option] as string | undefined;
      if (text === undefined) return undefined;
      const value = Number(text);
      if (Number.isSafeInteger(value) && value >= 1) return value;
      throw new UsageError(`--${option} takes a whole number from 1 up, not "${text}".`, command.name);
    },
  };
}

/** "error: ... fix" as people see it. */
export function problemLine(problem: Problem): string {
  return `${problem.severity ?? 'error'}: ${problemText(problem)}`;
}
