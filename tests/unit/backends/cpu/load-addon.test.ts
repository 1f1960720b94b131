import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadAddon } from '@main/backends/cpu/load-addon';
import { StudioError, type Problem } from '@shared/problem';
import { compileLibrary, whyNoCompiler } from '../compile-library';
import { addon, whyNot } from './native-addon';

const BUILT = fileURLToPath(new URL('../../../../out/native/mcn_kernels.node', import.meta.url));

/** Where an ELF file names its processor, and two of these. */
const ELF_MACHINE = 18;
const [X86_64, AARCH64] = [62, 183];

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcn-addon-'));
  file = join(folder, 'mcn_kernels.node');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function problem(): Problem {
  try {
    loadAddon(folder);
  } catch (error) {
    if (error instanceof StudioError) return error.problem;
    throw error;
  }
  throw new Error('It was loaded.');
}

const AGAIN = 'Build them again: npm test -- native';

describe('native kernels that cannot be loaded', () => {
  it('for want of an addon say so', () => {
    expect(problem()).toMatchObject({
      code: 'native-absent',
      message: 'The native kernels are not built here.',
    });
  });

  it.skipIf(!addon || process.platform !== 'linux')('were built for another processor', () => {
    const bytes = readFileSync(BUILT);
    const other = bytes.readUInt16LE(ELF_MACHINE) === X86_64 ? AARCH64 : X86_64;
    bytes.writeUInt16LE(other, ELF_MACHINE);
    writeFileSync(file, bytes);
    expect(problem()).toMatchObject({
      code: 'native-unusable',
      message: `The native kernels cannot be loaded: ${file} was built for another processor.`,
      fix: AGAIN,
    });
  });

  it('were built for another Node', ({ skip }) => {
    if (whyNoCompiler) skip(whyNoCompiler);
    compileLibrary(
      file,
      `struct module { int version; unsigned flags; void* library; const char* file; void* start; void* context; const char* name; void* own; void* next; };
      static void start(void) {}
      static struct module own = { 1, 0, 0, "addon.c", (void*) start, 0, "addon", 0, 0 };
      void node_module_register(void*);
      __attribute__((constructor)) static void begin(void) { node_module_register(&own); }`,
    );
    const { message, fix } = problem();
    expect(message).toMatch(
      /^The native kernels cannot be loaded: The module .* was compiled against a different Node\.js version using NODE_MODULE_VERSION 1\. This version of Node\.js requires NODE_MODULE_VERSION \d+\.$/,
    );
    expect(fix).toBe(AGAIN);
  });

  it('lack a library that they were linked with', ({ skip }) => {
    if (whyNoCompiler) skip(whyNoCompiler);
    const library = join(folder, 'libcompiler_of_nowhere.so');
    compileLibrary(library, 'int threads(void) { return 1; }', ['-Wl,-soname,libcompiler_of_nowhere.so']);
    compileLibrary(file, 'extern int threads(void); int all(void) { return threads(); }', [library]);
    rmSync(library);
    expect(problem().message).toBe(
      'The native kernels cannot be loaded: libcompiler_of_nowhere.so: cannot open shared object file: No such file or directory.',
    );
  });
});

it('native kernels in another folder are loaded from there', ({ skip }) => {
  if (!addon) skip(whyNot);
  copyFileSync(BUILT, file);
  expect(loadAddon(folder).isa()).toBe(addon!.isa());
});
