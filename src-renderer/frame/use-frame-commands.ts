import { useCommand } from '../stores/commands';
import { useForkStore } from '../stores/fork';
import { useRunActionsStore } from '../stores/run-actions';
import { ROOMS, THEMES, useUiStore } from '../stores/ui';
import { RUN_ACTIONS } from '../stores/why-not';
import { useMenuCommands } from './use-menu-commands';
import { useProjectCommands } from './use-project-commands';

/** Registers the commands that work in every room. */
export function useFrameCommands(): void {
  const ui = useUiStore();
  useCommand('palette', () => {
    ui.paletteOpen = true;
  });
  useCommand('shortcuts', () => {
    ui.shortcutsOpen = true;
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
  useMenuCommands();
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
