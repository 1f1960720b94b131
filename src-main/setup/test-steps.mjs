import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { runOpenly, runQuietly } from './child.mjs';
import { ensureChromium } from './chromium.mjs';
import { tool } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { compileNative } from './native-build.mjs';
import { ensureNative } from './native.mjs';

/**
 * What a step of the tests found.
 * @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string }[] }} Counts
 */

/** A step that did not get as far as counting. */
function failedOnce(why) {
  process.stdout.write(`${why}\n`);
  return { passed: 0, failed: 1, skipped: [] };
}

const PASSED_ONCE = { passed: 1, failed: 0, skipped: [] };

/** A check of a tool: one that passes or fails as a whole, and speaks only when it fails. */
function check(...commands) {
  return async () => {
    for (const command of commands) {
      const { code, output } = await runQuietly(process.execPath, command);
      if (code !== 0) return failedOnce(output.trim());
    }
    return PASSED_ONCE;
  };
}

/** Random cases of each kernel and instruction set; the sanitizers make them many times slower. */
const KERNEL_CASES = 60;

/** Runs the program that checks the kernels once on each core, with as many cases in all. Each run draws its own. */
async function checkKernels(program) {
  const runs = Math.min(KERNEL_CASES, availableParallelism());
  const cases = String(Math.ceil(KERNEL_CASES / runs));
  const seeds = Array.from({ length: runs }, (_, index) => String(index + 1));
  const outcomes = await Promise.all(seeds.map((seed) => runQuietly(program, [cases, seed])));
  return outcomes.map(countedByProgram).reduce((sum, { passed, failed }) => {
    return { passed: sum.passed + passed, failed: sum.failed + failed, skipped: [] };
  });
}

/** Builds the addon; then every kernel against its formula on random shapes, under AddressSanitizer and UBSan. */
async function native() {
  try {
    const failure = await withLock(() => ensureNative({ again: true }));
    if (failure) return { passed: 0, failed: 0, skipped: [{ name: 'native', reason: failure.reason }] };
  } catch (error) {
    return failedOnce(error.message);
  }
  if (process.platform === 'win32')
    return { ...PASSED_ONCE, skipped: [{ name: 'kernels', reason: 'MSVC has no UBSan.' }] };
  const { code, output, built } = await withLock(() => compileNative({ checks: true }));
  if (code !== 0) return failedOnce(output.trim());
  return checkKernels(`${built}/kernel_check`);
}

/** Reads "N passed, N failed", the last line of the program that checks the kernels; the sanitizers end it before that line. */
function countedByProgram({ code, output }) {
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  if (code !== 0) process.stdout.write(output);
  if (passed === undefined) return failedOnce(`The kernels' check broke off (exit code ${code}).`);
  return { passed: Number(passed), failed: Number(failed), skipped: [] };
}

async function build() {
  try {
    await ensureBuild();
    return PASSED_ONCE;
  } catch (error) {
    return failedOnce(error.message);
  }
}

async function readCounts(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Runs a vitest project; the counts come from tests/counts-reporter.ts. */
async function runSuite(name, extraEnv) {
  await withLock(() => ensureNative());
  const folder = await mkdtemp(join(tmpdir(), 'mcn-tests-'));
  try {
    const file = join(folder, 'counts.json');
    const args = [tool('vitest', 'vitest.mjs'), 'run', '--project', name];
    const env = { ...process.env, ...extraEnv, MCN_TEST_COUNTS: file };
    const code = await runOpenly(process.execPath, args, { env });
    const counts = await readCounts(file);
    if (!counts)
      return failedOnce(`The suite ${name} broke off before it had counted anything (exit code ${code}).`);
    if (counts.passed + counts.failed + counts.skipped.length === 0)
      return failedOnce(`The suite ${name} has no test.`);
    if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1 };
    return counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function suite(name) {
  return () => runSuite(name, {});
}

/** A suite that checks WebGPU, too, with the software GPU that comes with Chromium; a machine for tests only must have it. */
function suiteOnGpu(name) {
  return async () => {
    const { missing } = await ensureChromium();
    return missing && process.env.CI === 'true' ? failedOnce(missing) : runSuite(name, {});
  };
}

/** A suite that runs what is in out/: an older build would say nothing about these sources. */
function suiteOfBuild(name) {
  return async (done) => {
    if (done.get('build')?.failed) return failedOnce(`The suite ${name} was not run: the build failed.`);
    const { path, missing } = await ensureChromium();
    return path ? runSuite(name, { MCN_CHROMIUM: path }) : failedOnce(missing);
  };
}

/**
 * All steps in order. A step gets the counts of those before it and resolves to its own; checks of tools, which take one core each and
 * speak only at their end, run side by side.
 * @type {{ name: string, sideBySide?: true, long?: true, needs?: string, run(done: Map<string, Counts>): Promise<Counts> }[]}
 */
export const testSteps = [
  { name: 'types', sideBySide: true, run: check([tool('vue-tsc', 'bin', 'vue-tsc.js'), '--build']) },
  {
    name: 'lint',
    sideBySide: true,
    run: check([tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0']),
  },
  {
    name: 'format',
    sideBySide: true,
    run: check([tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  },
  { name: 'build', run: build },
  { name: 'native', run: native },
  { name: 'unit', run: suiteOnGpu('unit') },
  { name: 'contract', run: suite('contract') },
  { name: 'golden', run: suiteOnGpu('golden') },
  { name: 'fuzz', run: suite('fuzz') },
  { name: 'e2e', needs: 'build', run: suiteOfBuild('e2e') },
  { name: 'long', needs: 'build', long: true, run: suiteOfBuild('long') },
];
