import type { Recovery } from '@shared/contract/project-methods';
import type { ClientId } from '@shared/contract/studio-api';
import { StudioError } from '@shared/problem';
import type { Project } from '@shared/project/project';
import { Serial } from '../files/serial';
import type { LockOwner } from '../run-folder/run-lock';
import type { RecoveryFolder, RecoveryNote } from './recovery-folder';

/** The slot of one window. */
interface Held {
  slot: string;
  release: () => Promise<void>;
}

/** All changes of slots run one after the other: windows must not find the same one free. */
const EVERYTHING = 'slots';

function wordsFor(owner: LockOwner): string {
  return owner.pid === process.pid
    ? 'another window'
    : `a window of another MCN Studio (process ${owner.pid})`;
}

/** Which window shows which project, and the recovery file of each. */
export class OpenProjects {
  readonly #held = new Map<ClientId, Held>();
  readonly #serial = new Serial();

  constructor(private readonly folder: RecoveryFolder) {}

  /** Who has a project open besides this window, in words; null: nobody. */
  async openElsewhere(id: string, client: ClientId): Promise<string | null> {
    const own = this.#held.get(client)?.slot;
    const others = (await this.folder.inUse(id)).filter(({ slot }) => slot !== own);
    return others[0] ? wordsFor(others[0].owner) : null;
  }

  /**
   * A window shows a project from now on. The recovery file of the one before goes with it: leaving that one was decided. A slot that the
   * window had (before its connection broke) or has taken over stays its own.
   */
  show(
    client: ClientId,
    id: string,
    slot: string | null,
  ): Promise<{ slot: string; openElsewhere: string | null }> {
    return this.#serial.run(EVERYTHING, async () => {
      const now = this.#held.get(client);
      if (!now || now.slot !== slot) {
        await this.#end(client);
        this.#held.set(client, await this.#take(id, slot));
      }
      return { slot: this.#held.get(client)!.slot, openElsewhere: await this.openElsewhere(id, client) };
    });
  }

  /** A window shows no project any more; its recovery file goes. */
  close(client: ClientId): Promise<void> {
    return this.#serial.run(EVERYTHING, () => this.#end(client));
  }

  /** A window is gone, nobody knows why: what it had not saved stays, to be recovered. */
  forget(client: ClientId): Promise<void> {
    return this.#serial.run(EVERYTHING, async () => {
      const held = this.#held.get(client);
      this.#held.delete(client);
      await held?.release();
    });
  }

  /** @throws StudioError recovery-none, those of atomicWrite */
  keep(client: ClientId, project: Project, note: RecoveryNote): Promise<void> {
    return this.#serial.run(EVERYTHING, () => this.folder.write(this.#slotOf(client), project, note));
  }

  /** The window's project is as its file is. */
  drop(client: ClientId): Promise<void> {
    return this.#serial.run(EVERYTHING, async () => {
      const held = this.#held.get(client);
      if (held) await this.folder.remove(held.slot);
    });
  }

  list(): Promise<Recovery[]> {
    return this.folder.list();
  }

  /** Gives a window what another one left behind, which is then its own. @throws StudioError recovery-busy, those of readProjectFile */
  recover(client: ClientId, slot: string): Promise<{ project: Project } & RecoveryNote> {
    return this.#serial.run(EVERYTHING, async () => {
      const release = await this.folder.lock(slot);
      try {
        const content = await this.folder.read(slot);
        await this.#end(client);
        this.#held.set(client, { slot, release });
        return content;
      } catch (error) {
        await release();
        throw error;
      }
    });
  }

  /** Removes what another window left behind. @throws StudioError recovery-busy */
  discard(slot: string): Promise<void> {
    return this.#serial.run(EVERYTHING, async () => {
      const release = await this.folder.lock(slot);
      await this.folder.remove(slot).finally(release);
    });
  }

  /** Gives all slots back; what is in them stays. */
  async releaseAll(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((client) => this.forget(client)));
  }

  async #end(client: ClientId): Promise<void> {
    const held = this.#held.get(client);
    if (!held) return;
    this.#held.delete(client);
    await this.folder.remove(held.slot).finally(held.release);
  }

  /** The slot that was asked for, or else the first of the project that no window has and in which nothing waits to be recovered. */
  async #take(id: string, wanted: string | null): Promise<Held> {
    const own = wanted === null ? null : await this.#tryLock(wanted);
    if (own) return own;
    for (const slot of this.folder.slotsOf(id)) {
      const held = (await this.folder.holds(slot)) ? null : await this.#tryLock(slot);
      if (held) return held;
    }
    throw new Error('A project has slots without end');
  }

  async #tryLock(slot: string): Promise<Held | null> {
    try {
      return { slot, release: await this.folder.lock(slot) };
    } catch (error) {
      if (error instanceof StudioError && error.problem.code === 'recovery-busy') return null;
      throw error;
    }
  }

  #slotOf(client: ClientId): string {
    const held = this.#held.get(client);
    if (held) return held.slot;
    throw new StudioError({
      code: 'recovery-none',
      message: 'This window has said of no project that it shows it.',
      fix: 'Save the project, and reload the window.',
    });
  }
}
