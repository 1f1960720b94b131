import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Recovery } from '@shared/contract/project-methods';
import { StudioError } from '@shared/problem';
import { PROJECT_SUFFIX, type Project } from '@shared/project/project';
import { projectText } from '@shared/project/project-text';
import { atomicWrite } from '../files/atomic-write';
import { makeFolder } from '../files/make-folder';
import { readJson } from '../files/read-json';
import { ownerIn, takeLock, type LockOwner } from '../run-folder/run-lock';
import { readProjectFile } from './project-file';

/** What belongs to a recovery file: the file that its changes are for, and how many there are. */
const noteSchema = z.object({
  path: z.string().nullable(),
  hash: z.string().nullable(),
  changes: z.int().nonnegative().nullable(),
});
export type RecoveryNote = z.infer<typeof noteSchema>;

const UNKNOWN: RecoveryNote = { path: null, hash: null, changes: null };

const NOTE_SUFFIX = '.note.json';
const LOCK_SUFFIX = '.lock.json';

/** Ids come from files that anybody can write: one that could not be a file name is told by its hash. */
function baseOf(id: string): string {
  if (/^[\w-]{1,64}$/.test(id)) return id;
  return createHash('sha256').update(id).digest('hex').slice(0, 32);
}

/**
 * The folder of recovery files. A slot is the place of one window's unsaved changes of one project: ID.mcnproj, which is a project file
 * like any other, a note beside it, and the lock of the process whose window it is. A second window on the same project has ID.2.mcnproj.
 */
export class RecoveryFolder {
  constructor(private readonly dir: string) {}

  /** The slots of a project, without end. */
  *slotsOf(id: string): Generator<string> {
    const base = baseOf(id);
    for (let number = 1; ; number++) yield number === 1 ? base : `${base}.${number}`;
  }

  /** The process whose window has a slot; null: none. */
  owner(slot: string): Promise<LockOwner | null> {
    return ownerIn(this.#path(slot, LOCK_SUFFIX));
  }

  /** Slots of a project that windows have, with their processes. */
  async inUse(id: string): Promise<{ slot: string; owner: LockOwner }[]> {
    const base = baseOf(id);
    const slots = (await this.#names(LOCK_SUFFIX)).filter(
      (slot) => slot === base || slot.startsWith(`${base}.`),
    );
    const found = await Promise.all(slots.map(async (slot) => ({ slot, owner: await this.owner(slot) })));
    return found.flatMap(({ slot, owner }) => (owner ? [{ slot, owner }] : []));
  }

  /** Whether unsaved changes lie in a slot. */
  async holds(slot: string): Promise<boolean> {
    return (await stat(this.#path(slot, PROJECT_SUFFIX)).catch(() => null)) !== null;
  }

  /** Makes a slot this process's own; returns what ends that. @throws StudioError recovery-busy */
  async lock(slot: string): Promise<() => Promise<void>> {
    await makeFolder(this.dir);
    return takeLock(
      this.#path(slot, LOCK_SUFFIX),
      (who) =>
        new StudioError({
          code: 'recovery-busy',
          message: `These changes are open in a window of ${who}.`,
          fix: 'Go on there.',
        }),
    );
  }

  /** @throws StudioError those of atomicWrite */
  async write(slot: string, project: Project, note: RecoveryNote): Promise<void> {
    // The note first: without its project it says nothing, a project without its note would not know its file.
    await atomicWrite(this.#path(slot, NOTE_SUFFIX), `${JSON.stringify(note)}\n`);
    await atomicWrite(this.#path(slot, PROJECT_SUFFIX), projectText(project));
  }

  /** @throws StudioError those of readProjectFile */
  async read(slot: string): Promise<{ project: Project } & RecoveryNote> {
    const { project } = await readProjectFile(this.#path(slot, PROJECT_SUFFIX));
    return { project, ...(await this.#note(slot)) };
  }

  /** Removes what lies in a slot. */
  async remove(slot: string): Promise<void> {
    await rm(this.#path(slot, PROJECT_SUFFIX), { force: true });
    await rm(this.#path(slot, NOTE_SUFFIX), { force: true });
  }

  /** What lies in slots that no window has, the newest first. */
  async list(): Promise<Recovery[]> {
    const slots = await this.#names(PROJECT_SUFFIX);
    const found = await Promise.all(slots.map((slot) => this.#describe(slot)));
    return found.filter((entry) => entry !== null).sort((a, b) => b.keptAt - a.keptAt);
  }

  async #describe(slot: string): Promise<Recovery | null> {
    if (await this.owner(slot)) return null;
    const path = this.#path(slot, PROJECT_SUFFIX);
    const stats = await stat(path).catch(() => null);
    if (!stats) return null;
    const { path: file, changes } = await this.#note(slot);
    const known = { slot, path: file, changes, keptAt: stats.mtimeMs };
    try {
      const { project } = await readProjectFile(path);
      return { ...known, name: project.name, problem: null };
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      return { ...known, name: `${slot}${PROJECT_SUFFIX}`, problem: error.problem };
    }
  }

  /** A note that is missing or damaged says nothing; the changes themselves are whole. */
  async #note(slot: string): Promise<RecoveryNote> {
    const parsed = noteSchema.safeParse(await readJson(this.#path(slot, NOTE_SUFFIX)).catch(() => undefined));
    return parsed.success ? parsed.data : UNKNOWN;
  }

  async #names(suffix: string): Promise<string[]> {
    const names = await readdir(this.dir).catch(() => []);
    return names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
  }

  /** @throws StudioError recovery-unknown for what is no slot: names come from windows */
  #path(slot: string, suffix: string): string {
    if (/^[\w-]{1,64}(\.\d{1,6})?$/.test(slot)) return join(this.dir, `${slot}${suffix}`);
    throw new StudioError({ code: 'recovery-unknown', message: `There are no unsaved changes “${slot}”.` });
  }
}
