import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { installWithApt, mayInstall } from './apt.mjs';
import { COMPILER_PACKAGES, compilerFix, missingTools } from './compiler.mjs';
import { fingerprint, readStamp } from './fingerprint.mjs';
import { compileNative, nativeSources } from './native-build.mjs';
import { at, say, secondsText } from './project.mjs';
import { SetupError } from './setup-error.mjs';

const FOLDER = at('out', 'native');
const ADDON = `${FOLDER}/mcn_kernels.node`;
/** Says what the addon was made of. */
const STAMP = `${FOLDER}/made-from`;
/** Says why there is none; src-main/backends/cpu/load-addon.ts reads it. */
const FAILURE = `${FOLDER}/not-built.json`;
const LOG = `${FOLDER}/build.log`;

/**
 * Why there is no addon.
 * @typedef {{ reason: string, fix: string, madeFrom: string | null }} Failure
 */

async function readFailure() {
  const text = await readStamp(FAILURE);
  return text === null ? null : JSON.parse(text);
}

/** The line of a build that says most, and no more than a line. */
function firstError(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const line =
    lines.find((text) => /\berror\b[: ]/i.test(text) && !text.startsWith('gyp ')) ??
    lines.find((text) => text.startsWith('gyp ERR! stack')) ??
    lines.findLast((text) => text !== '');
  return (line ?? 'it said nothing').replace('gyp ERR! stack ', '').slice(0, 200);
}

async function toolsMissing() {
  const missing = await missingTools();
  if (missing === null || !mayInstall()) return missing;
  const problem = await installWithApt(COMPILER_PACKAGES);
  if (problem) throw new SetupError(problem);
  return missingTools();
}

/** On Windows only a failed build shows that there is no compiler. */
function windowsHint() {
  return process.platform === 'win32' ? `${compilerFix()}. ` : '';
}

/** @returns {Promise<Failure | null>} */
async function build(wanted) {
  const missing = await toolsMissing();
  if (missing !== null)
    return { reason: `This machine lacks ${missing}.`, fix: compilerFix(), madeFrom: null };
  say('Building the native kernels ...');
  const began = performance.now();
  const { code, output, built } = await compileNative();
  if (code !== 0) {
    await writeFile(LOG, output);
    return {
      reason: `The compiler failed: ${firstError(output)}`,
      fix: `${LOG} has all that it said. ${windowsHint()}To try again: npm test -- native`,
      madeFrom: wanted,
    };
  }
  // A process that has the old one loaded keeps it: the new one takes its place, not its bytes.
  await copyFile(`${built}/mcn_kernels.node`, `${ADDON}.new`);
  await rename(`${ADDON}.new`, ADDON);
  await writeFile(STAMP, wanted);
  say(`Native kernels built in ${secondsText(performance.now() - began)}.`);
  return null;
}

function failureText({ reason, fix }) {
  return `The native CPU kernels could not be built; WebAssembly computes instead, several times slower. ${reason}\n${fix}`;
}

async function buildOrRemember(wanted) {
  await mkdir(FOLDER, { recursive: true });
  await Promise.all([STAMP, FAILURE, LOG].map((file) => rm(file, { force: true })));
  const failure = await build(wanted);
  if (failure === null) return null;
  // An addon of other sources would compute something else.
  await rm(ADDON, { force: true });
  await writeFile(FAILURE, `${JSON.stringify(failure, null, 2)}\n`);
  return failure;
}

/**
 * Builds the addon of native kernels into out/native when its sources are not those of the last build. Without a compiler it says so
 * and everything goes on, on WebAssembly; on a machine that is there for tests (CI=true) that is an error.
 * @param again whether to try once more what failed before with the same sources
 * @returns {Promise<Failure | null>}
 * @throws SetupError
 */
export async function ensureNative({ again = false } = {}) {
  const system = `${process.platform} ${process.arch} N-API ${process.versions.napi}`;
  const wanted = await fingerprint(await nativeSources(), system);
  if ((await readStamp(STAMP)) === wanted && existsSync(ADDON)) return null;
  const before = await readFailure();
  const failure = before?.madeFrom === wanted && !again ? before : await buildOrRemember(wanted);
  if (failure === null) return null;
  if (process.env.CI === 'true') throw new SetupError(failureText(failure));
  say(failureText(failure));
  return failure;
}
