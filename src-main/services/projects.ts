import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecentProject } from '@shared/contract/studio-api';
import { StudioError } from '@shared/problem';
import { PROJECT_SUFFIX, type Project } from '@shared/project/project';
import { projectText } from '@shared/project/project-text';
import { readProject } from '@shared/project/read-project';
import { atomicWrite } from '../files/atomic-write';
import { readJson } from '../files/read-json';
import type { Home } from './home';
import { slug } from './slug';
import { makeFolder } from '../files/make-folder';

const MAX_BYTES = 50e6;
const MAX_RECENT = 20;

const recentSchema = z.array(z.object({ path: z.string(), name: z.string(), openedAt: z.string() }));

/** Reads the text of a project file. @throws StudioError project-unreadable, project-too-large */
export async function readProjectFile(path: string): Promise<Project> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw tooLarge(path);
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new StudioError(
      {
        code: 'project-unreadable',
        message: `${path} cannot be opened: ${code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown')}.`,
        fix: `Name a ${PROJECT_SUFFIX} file that you may read.`,
        path,
      },
      { cause: error },
    );
  }
  const read = readProject(text, path);
  if (!read.ok) throw new StudioError(read.problems[0]!);
  return read.value;
}

function tooLarge(path: string): StudioError {
  return new StudioError({
    code: 'project-too-large',
    message: `${path} is larger than any project.`,
    fix: `Name a ${PROJECT_SUFFIX} file.`,
    path,
  });
}

/** Opens and saves project files, and remembers which were open. */
export class Projects {
  constructor(private readonly home: Home) {}

  /** Newest first; an unreadable list counts as none, since the projects themselves are whole. */
  async recent(): Promise<RecentProject[]> {
    const parsed = recentSchema.safeParse(await readJson(this.home.recentProjects).catch(() => undefined));
    return parsed.success ? parsed.data : [];
  }

  /** @throws StudioError project-unreadable, project-too-large, and those of readProject */
  async open(path: string): Promise<{ path: string; project: Project }> {
    const project = await readProjectFile(path);
    await this.#remember(path, project.name);
    return { path, project };
  }

  /** Writes a project; without a path under a free name in the home's projects folder. @throws StudioError project-suffix, those of atomicWrite */
  async save(project: Project, path: string | null): Promise<{ path: string }> {
    const target = path ?? (await this.#freePath(project.name));
    if (!target.endsWith(PROJECT_SUFFIX)) {
      throw new StudioError({
        code: 'project-suffix',
        message: `${target} is no name of a project file.`,
        fix: `Let it end in ${PROJECT_SUFFIX}.`,
        path: target,
      });
    }
    await atomicWrite(target, projectText(project));
    await this.#remember(target, project.name);
    return { path: target };
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

  async #remember(path: string, name: string): Promise<void> {
    const others = (await this.recent()).filter((project) => project.path !== path);
    const list = [{ path, name, openedAt: new Date().toISOString() }, ...others].slice(0, MAX_RECENT);
    // A convenience: where the home cannot be written, the project itself was read or written all the same.
    await makeFolder(this.home.dir)
      .then(() => atomicWrite(this.home.recentProjects, `${JSON.stringify(list, null, 2)}\n`))
      .catch(() => undefined);
  }
}
