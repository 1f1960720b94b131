import { FAMILIES } from '@shared/graph/family';
import { presets } from '@shared/network/presets';
import { StudioError } from '@shared/problem';
import { useCommand } from '../stores/commands';
import { useLeavingStore } from '../stores/leaving';
import { useProjectStore } from '../stores/project';
import { useProjectFilesStore } from '../stores/project-files';
import { useRecoveryStore } from '../stores/recovery';
import { useUiStore } from '../stores/ui';

/** Registers what can be done with the open project, and what puts another one in its place. */
export function useProjectCommands(): void {
  const ui = useUiStore();
  const project = useProjectStore();
  const leaving = useLeavingStore();
  const noProject = (): string | null => (project.project ? null : 'No project is open');

  useFileCommands(noProject);
  useCommand('edit.undo', project.undo, () => (project.canUndo ? null : 'There is nothing to undo'));
  useCommand('edit.redo', project.redo, () => (project.canRedo ? null : 'There is nothing to redo'));
  for (const family of FAMILIES) {
    useCommand(
      `family.${family}`,
      () => {
        project.setFamily(family);
      },
      noProject,
    );
  }
  for (const preset of presets) {
    useCommand(`template.${preset.id}`, () => {
      leaving.leave(() => {
        project.openPreset(preset.id);
        ui.goTo('design');
      });
    });
  }
}

function useFileCommands(noProject: () => string | null): void {
  const ui = useUiStore();
  const project = useProjectStore();
  const files = useProjectFilesStore();
  const leaving = useLeavingStore();
  const recovery = useRecoveryStore();

  useCommand('project.new', () => {
    leaving.leave(() => {
      files.createNew();
      ui.goTo('design');
    });
  });
  useCommand('project.open', async () => {
    const path = await files.chooseToOpen();
    if (path === null) return;
    leaving.leave(async () => {
      await files.open(path);
    });
  });
  useCommand('project.save', save(files.save), noProject);
  useCommand('project.save-as', save(files.saveAs), noProject);
  useCommand(
    'project.duplicate',
    () => {
      const original = project.project;
      if (!original) return;
      leaving.leave(() => {
        files.showCopy(original);
        ui.goTo('design');
      });
    },
    noProject,
  );
  useCommand('project.revert', files.revert, () => {
    if (!project.project) return 'No project is open';
    if (project.path === null) return 'It is in no file yet';
    return project.dirty ? null : 'Nothing was changed since it was saved';
  });
  useCommand('project.recover', async () => {
    if (await recovery.offer()) return;
    throw new StudioError({
      code: 'recovery-nothing',
      message: 'There are no unsaved changes of an earlier window.',
      severity: 'hint',
    });
  });
  useCommand(
    'project.close',
    () => {
      leaving.leave(() => {
        project.close();
        ui.goTo('welcome');
      });
    },
    noProject,
  );
}

/** A command has no use for whether the person went through with it. */
function save(action: () => Promise<boolean>): () => Promise<void> {
  return async () => {
    await action();
  };
}
