import { FAMILIES } from '@shared/graph/family';
import { presets } from '@shared/network/presets';
import { useCommand } from '../stores/commands';
import { useLeavingStore } from '../stores/leaving';
import { useProjectStore } from '../stores/project';
import { useRunStore } from '../stores/run';
import { ROOMS, THEMES, useUiStore } from '../stores/ui';

/** Registers the commands that work in every room. */
export function useFrameCommands(): void {
  const ui = useUiStore();
  useCommand('palette', () => {
    ui.paletteOpen = true;
  });
  for (const room of ROOMS) {
    useCommand(`go.${room}`, () => {
      ui.goTo(room);
    });
  }
  for (const theme of THEMES) {
    useCommand(`theme.${theme}`, () => {
      ui.theme = theme;
    });
  }
  useProjectCommands();
  useRunCommands();
}

function useProjectCommands(): void {
  const ui = useUiStore();
  const project = useProjectStore();
  const leaving = useLeavingStore();
  const noProject = (): string | null => (project.project ? null : 'No project is open');

  useCommand('project.save', () => project.save(), noProject);
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

function useRunCommands(): void {
  const ui = useUiStore();
  const project = useProjectStore();
  const run = useRunStore();

  useCommand(
    'train.start',
    async () => {
      if (!project.project) return;
      await run.start(project.project);
      ui.goTo('train');
    },
    () => {
      if (!project.project) return 'No project is open';
      if (run.active) return 'A run is being trained';
      return project.obstacles[0]?.message ?? null;
    },
  );
  const unless = (fits: () => boolean, reason: string) => () => (fits() ? null : reason);
  const running = unless(
    () => run.state === 'training' || run.state === 'testing',
    'Nothing is being trained',
  );
  useCommand('train.pause', () => run.pause(), running);
  useCommand(
    'train.resume',
    () => run.resume(),
    unless(() => run.canResume, 'There is nothing to resume'),
  );
  useCommand(
    'train.stop',
    () => run.command('stop'),
    unless(() => run.active, 'Nothing is being trained'),
  );
  useCommand('train.checkpoint', () => run.command('checkpoint'), running);
}
