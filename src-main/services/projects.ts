import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecentProject } from '@shared/contract/project-methods';
import { StudioError, type Problem } from '@shared/problem';
import { PROJECT_SUFFIX, type Project } from '@shared/project/project';
import { projectText } from '@shared/project/project-text';
import { atomicWrite } from '../files/atomic-write';
import { readJson } from '../files/read-json';
import { Serial } from '../files/serial';
import type { Home } from './home';
import { slug } from '@shared/words/slug';
import { contentHash, hashOfFile, readProjectFile } from './project-file';
import { makeFolder } from '../files/make-folder';

const MAX_RECENT = 20;

const recentSchema = z.array(z.object({ path: z.string(), name: z.string(), openedAt: z.string() }));

/** What a window knows of a file that it is going to write. */
export interface KnownContent {
  /** Hash of what it read or wrote there last; null: it knows of no such file. */
  hash: string | null;
  /** The person wants it replaced, whatever is in it. */
  overwrite: boolean;
}

function noProjectName(path: string): Problem {
  return {
    code: 'project-suffix',
    message: `${path} is no name of a project file.`,
    fix: `Let it end in ${PROJECT_SUFFIX}.`,
    path,
  };
}

/** @throws StudioError when a file holds neither what is known of it nor what is going to be written */
async function checkKnown(path: string, known: string | null, next: string): Promise<void> {
  const now = await hashOfFile(path);
  if (now === null || now === known || now === next) return;
  throw new StudioError(
    known === null
      ? { code: 'project-exists', message: `${path} is there already.`, fix: 'Choose another name.', path }
      : {
          code: 'project-changed',
          message: `${path} was changed by another program or window since it was read here.`,
          fix: 'Save under another name, or open it again.',
          path,
        },
  );
}

/** Opens and saves project files, and remembers which were open. */
export class Projects {
  readonly #writes = new Serial();

  constructor(private readonly home: Home) {}

  /** Newest first; an unreadable list counts as none, since the projects themselves are whole. */
  async recent(): Promise<RecentProject[]> {
    const parsed = recentSchema.safeParse(await readJson(this.home.recentProjects).catch(() => undefined));
    return parsed.success ? parsed.data : [];
  }

  /** @throws StudioError project-unreadable, project-too-large, and those of readProject */
  async open(path: string): Promise<{ path: string; project: Project; hash: string }> {
    const { project, hash } = await readProjectFile(path);
    await this.#remember(path, project.name);
    return { path, project, hash };
  }

  /**
   * Writes a project; without a path under a free name in the home's projects folder. A file that is there is replaced when its content
   * is what the window knows of it, or when `overwrite` says so.
   * @throws StudioError project-suffix, project-exists, project-changed, those of atomicWrite
   */
  save(project: Project, path: string | null, before: KnownContent): Promise<{ path: string; hash: string }> {
    // One after the other: two windows that save at once must not both find the file unchanged.
    return this.#writes.run(path ?? this.home.projects, async () => {
      const target = path ?? (await this.#freePath(project.name));
      if (!target.endsWith(PROJECT_SUFFIX)) throw new StudioError(noProjectName(target));
      const text = projectText(project);
      const hash = contentHash(text);
      if (!before.overwrite) await checkKnown(target, before.hash, hash);
      await atomicWrite(target, text);
      await this.#remember(target, project.name);
      return { path: target, hash };
    });
  }

  async #freePath(name: string): Promise<string> {
    await makeFolder(this.home.projects);
    for (let number = 1; ; number++) {
      const suffix = number === 1 ? '' : `-${number}`;
      const path = join(this.home.projects, `${slug(name, 'project')}${suffix}${PROJECT_SUFFIX}`);
      const taken = await stat(path).catch(() => null);
      if (!taken) return path;
    }
  }

  #remember(path: string, name: string): Promise<void> {
    return this.#writes.run(this.home.recentProjects, async () => {
      const others = (await this.recent()).filter((project) => project.path !== path);
      const list = [{ path, name, openedAt: new Date().toISOString() }, ...others].slice(0, MAX_RECENT);
      // A convenience: where the home cannot be written, the project itself was read or written all the same.
      await makeFolder(this.home.dir)
        .then(() => atomicWrite(this.home.recentProjects, `${JSON.stringify(list, null, 2)}\n`))
        .catch(() => undefined);
    });
  }
}
