import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parse } from 'vue/compiler-sfc';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file that imports, and what it names. */
export interface Import {
  file: string;
  name: string;
}

/** An import that the table does not allow. */
export interface Violation extends Import {
  rule: string;
}

/** What one room may import: own rooms, packages ("node:" is all of Node), and nothing else. */
export interface Rule {
  rooms: readonly string[];
  packages: readonly string[];
}

/** Paths of all sources in a folder, relative to the project and with "/". */
export function sourceFiles(folder: string): string[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|vue)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) =>
      posix.relative(root.replaceAll('\\', '/'), `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/')),
    );
}

/** The scripts of a component; a TypeScript file is one already. */
function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.vue')) return text;
  const { script, scriptSetup } = parse(text).descriptor;
  return `${script?.content ?? ''}\n${scriptSetup?.content ?? ''}`;
}

/** Everything that a source imports, exports from or loads later, types included. */
export function importsOf(file: string, text = readFileSync(`${root}/${file}`, 'utf8')): Import[] {
  const { importedFiles } = ts.preProcessFile(scriptOf(file, text), true, true);
  return importedFiles.map(({ fileName }) => ({ file, name: fileName }));
}

/** The project's own path behind an import; null for packages. */
function ownPath({ file, name }: Import): string | null {
  if (name.startsWith('.')) return posix.join(dirname(file), name);
  const alias = /^@(shared|main|renderer)\//.exec(name);
  return alias ? name.replace(alias[0], `src-${alias[1]!}/`) : null;
}

/** "zod" of "zod/v4", "@tensorflow/tfjs" of "@tensorflow/tfjs/dist/x", "node:" of anything in Node. */
function packageOf(name: string): string {
  if (name.startsWith('node:')) return 'node:';
  const [first, second] = name.split('/');
  return first!.startsWith('@') ? `${first!}/${second ?? ''}` : first!;
}

/** The most exact room of the table that a path lies in; files beside rooms are rooms of one file. */
function roomOf(path: string, rooms: readonly string[]): string | null {
  const inside = rooms.filter(
    (room) => path === room || path === room.replace(/\.\w+$/, '') || path.startsWith(`${room}/`),
  );
  return inside.sort((a, b) => b.length - a.length)[0] ?? null;
}

function allowed(rule: Rule): string {
  return [...rule.rooms, ...rule.packages].join(', ') || 'nothing';
}

/** Imports that break a table of rules; each names file, import and rule. A file in no room breaks it, too. */
export function violations(imports: readonly Import[], table: Readonly<Record<string, Rule>>): Violation[] {
  const rooms = Object.keys(table);
  return imports.flatMap((found) => {
    const from = roomOf(found.file, rooms);
    if (from === null) return [{ ...found, rule: `${found.file} lies in no room of the table` }];
    const rule = table[from]!;
    const path = ownPath(found);
    const sound =
      path === null
        ? rule.packages.includes(packageOf(found.name))
        : [from, ...rule.rooms].includes(roomOf(path, rooms) ?? '');
    return sound ? [] : [{ ...found, rule: `${from} may import ${allowed(rule)}` }];
  });
}

/** Rooms that import each other in a circle, as the table allows them; empty when there is an order. */
export function cycle(table: Readonly<Record<string, Rule>>): string[] {
  const left = new Map(Object.entries(table).map(([room, { rooms }]) => [room, new Set(rooms)]));
  for (;;) {
    const free = [...left].filter(([, rooms]) => [...rooms].every((room) => !left.has(room)));
    if (free.length === 0) return [...left.keys()];
    for (const [room] of free) left.delete(room);
  }
}

/** Files that import a package. */
export function importersOf(name: string, imports: readonly Import[]): string[] {
  return [...new Set(imports.filter((found) => packageOf(found.name) === name).map((found) => found.file))];
}
