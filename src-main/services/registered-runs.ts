import { z } from 'zod';
import { atomicWrite } from '../files/atomic-write';
import { readJson } from '../files/read-json';
import type { Home } from './home';
import { makeFolder } from '../files/make-folder';

const listSchema = z.array(z.string());

/** Folders of runs that lie outside the home; an unreadable list counts as none, since the runs themselves are whole. */
export async function registeredRuns(home: Home): Promise<string[]> {
  const parsed = listSchema.safeParse(await readJson(home.registeredRuns).catch(() => undefined));
  return parsed.success ? parsed.data : [];
}

/** Remembers the folder of a run that lies outside the home. */
export async function registerRun(home: Home, dir: string): Promise<void> {
  const known = await registeredRuns(home);
  if (known.includes(dir)) return;
  await makeFolder(home.dir);
  await atomicWrite(home.registeredRuns, `${JSON.stringify([...known, dir], null, 2)}\n`);
}

/** Forgets the folder of a run; nothing happens when it was not registered. */
export async function unregisterRun(home: Home, dir: string): Promise<void> {
  const known = await registeredRuns(home);
  if (!known.includes(dir)) return;
  const others = known.filter((other) => other !== dir);
  await atomicWrite(home.registeredRuns, `${JSON.stringify(others, null, 2)}\n`);
}
