import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** Why libraries cannot be compiled here; empty where they can. */
export const whyNoCompiler =
  process.platform === 'linux' && spawnSync('g++', ['--version']).status === 0
    ? ''
    : 'Libraries are compiled with g++ on Linux.';

/** Compiles a shared library from C. @param options for the linker */
export function compileLibrary(file: string, source: string, options: readonly string[] = []): void {
  const code = `${file}.c`;
  writeFileSync(code, source);
  execFileSync('g++', ['-x', 'c', '-shared', '-fPIC', '-o', file, code, '-x', 'none', ...options]);
}
