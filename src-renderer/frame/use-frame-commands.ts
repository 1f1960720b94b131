import { FAMILIES } from '@shared/graph/family';
import { presets } from '@shared/network/presets';
import { useCommand } from '../stores/commands';
import { useForkStore } from '../stores/fork';
import { useLeavingStore } from '../stores/leaving';
import { useProjectStore } from '../stores/project';
import { useRunActionsStore } from '../stores/run-actions';
import { ROOMS, THEMES, useUiStore } from '../stores/ui';
import { RUN_ACTIONS } from '../stores/why-not';

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
  const actions = useRunActionsStore();
  const fork = useForkStore();

  useCommand('train.fork', fork.open, () => fork.obstacle);
  for (const action of RUN_ACTIONS) {
    useCommand(
      `train.${action}`,
      async () => {
        await actions.act(action);
        // Train shows the run that was started, and what went wrong with any.
        if (action === 'start' || actions.problem) ui.goTo('train');
      },
      () => actions.reasons[action],
    );
  }
}
