import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** Vector extensions that matter for products of matrices. */
const EXTENSIONS = ['avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_tile', 'avx2', 'fma'];

const WATCH_MILLISECONDS = 1_000;

/** Cores that others may use before times say little; every system does something now and then. */
const QUIET_CORES = 0.2;

/** Vector extensions from Linux's own list; nothing elsewhere. */
function vectorExtensions() {
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1].split(' ') ?? [];
    return EXTENSIONS.filter((name) => flags.includes(name)).join(', ');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

/** "AMD EPYC, 2 cores (avx512f, avx2, fma), 24 GiB". */
export function machineText() {
  const [first] = cpus();
  const extensions = vectorExtensions();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${first.model.trim()}, ${cpus().length} cores${extensions ? ` (${extensions})` : ''}, ${gib} GiB`;
}

/** Milliseconds that all cores together were idle, and were there, since the system started. */
function coreTimes() {
  const cores = cpus();
  const all = cores.flatMap(({ times }) => Object.values(times)).reduce((sum, time) => sum + time, 0);
  return { idle: cores.reduce((sum, { times }) => sum + times.idle, 0), all };
}

/** How many cores are in use while this process waits: the work of others. */
export async function coresInUse() {
  const before = coreTimes();
  await wait(WATCH_MILLISECONDS);
  const after = coreTimes();
  return cpus().length * (1 - (after.idle - before.idle) / (after.all - before.all));
}

/** Whether times mean something with so many cores in use by others. */
export function isQuiet(cores) {
  return cores <= QUIET_CORES;
}
