import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commandTable, markdown, optionTable, settingsTable } from './readme-tables';

const top = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', top), 'utf8');

/** Rows of Markdown tables without the formatter's spaces and rules. */
function rows(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s:-]+$/.test(line))
    .map((line) => line.replace(/\s+/g, ' ').replace(/ $/, '').replaceAll('\\*', '*'));
}

it.each([
  ['commands', commandTable()],
  ['options', optionTable()],
  ['settings', settingsTable()],
])('the README has the table of %s as the program has it', (_name, table) => {
  const wanted = rows(markdown(table)).join('\n');
  expect(rows(readme).join('\n')).toContain(wanted);
});

it('the README names no file that is not there', () => {
  const named = [
    ...readme.matchAll(/`((?:src-\w+|tests|resources|\.ci)\/[\w./-]+)`|\]\(((?!https?:|#)[^)]+)\)/g),
  ];
  const paths = named.map((match) => match[1] ?? match[2]!);
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !existsSync(new URL(path, top)))).toEqual([]);
});
