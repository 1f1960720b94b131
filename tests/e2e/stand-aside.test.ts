import { existsSync, readFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { runJob } from '@main/services/engine-process';
import { forkEngine } from '@main/shell/fork-engine';
import { placesBeside } from '@main/shell/places';

const { engineEntry } = placesBeside(new URL('../../out/main/cli.js', import.meta.url).href);

const LINUX_ONLY = 'processes are found in /proc, which only Linux has';

/** The processes that this one has started. */
function children(): number[] {
  const { pid } = process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** Whether the kernel shares the CPU out to sessions before it does to processes (man 7 sched, "autogroup"). */
const sharesBySessions = existsSync('/proc/self/autogroup');

/**
 * How far a process and its session stand back behind others, -20 to 19. The session is null where the kernel does not share by sessions,
 * and for processes that are in none since they came from init, the tests themselves perhaps.
 */
function standing(pid: number): { own: number; session: number | null } {
  const session = sharesBySessions
    ? / nice (-?\d+)$/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim())
    : null;
  return { own: getPriority(pid), session: session && Number(session[1]) };
}

/** Tries a device in a process of its own. */
function begin(aside: boolean) {
  const before = new Set(children());
  const trial = runJob(forkEngine(engineEntry), { type: 'probe', device: 'cpu-wasm', aside }, 'device');
  const [pid] = children().filter((child) => !before.has(child));
  return { ...trial, pid: pid! };
}

it('a trial of a device that nobody waits for lets all others go first', async ({ skip }) => {
  if (process.platform !== 'linux') skip(LINUX_ONLY);
  const { pid, result, cancel } = begin(true);
  const least = constants.priority.PRIORITY_LOW;
  await expect
    .poll(() => standing(pid), { timeout: 10_000 })
    .toEqual({ own: least, session: sharesBySessions ? least : null });
  cancel();
  await expect(result).rejects.toThrow();
});

it('a trial of a device that somebody waits for goes as the others do', async ({ skip }) => {
  if (process.platform !== 'linux') skip(LINUX_ONLY);
  const { pid, result } = begin(false);
  const seen = new Set<string>();
  const watch = setInterval(() => {
    if (existsSync(`/proc/${pid}`)) seen.add(JSON.stringify(standing(pid)));
  }, 10);
  const { report } = await result.finally(() => {
    clearInterval(watch);
  });
  expect(report.usable).toBe(true);
  expect([...seen]).toEqual([JSON.stringify(standing(process.pid))]);
});
