import type { projectMethods } from '@shared/contract/project-methods';
import type { StudioApi } from '@shared/contract/studio-api';
import type { AllowedFolders } from './allowed-folders';
import type { OpenProjects } from './open-projects';
import type { Projects } from './projects';

/** Answers what a window asks about project files and unsaved changes. */
export function projectApi(
  projects: Projects,
  open: OpenProjects,
  access: AllowedFolders,
): Pick<StudioApi, keyof typeof projectMethods> {
  return {
    'projects.recent': () => projects.recent(),
    'projects.open': async ({ path }, client) => {
      const opened = await projects.open(await access.resolve(path));
      return { ...opened, openElsewhere: await open.openElsewhere(opened.project.id, client) };
    },
    'projects.save': async ({ project, path, hash, overwrite }, client) => {
      const target = path === null ? null : await access.resolve(path);
      const saved = await projects.save(project, target, { hash, overwrite });
      await open.drop(client);
      return saved;
    },
    'projects.show': ({ id, slot }, client) => open.show(client, id, slot),
    'projects.close': async (_params, client) => {
      await open.close(client);
      return {};
    },
    'recovery.keep': async ({ project, ...note }, client) => {
      await open.keep(client, project, note);
      return {};
    },
    'recovery.drop': async (_params, client) => {
      await open.drop(client);
      return {};
    },
    'recovery.list': () => open.list(),
    'recovery.recover': ({ slot }, client) => open.recover(client, slot),
    'recovery.discard': async ({ slot }) => {
      await open.discard(slot);
      return {};
    },
  };
}
