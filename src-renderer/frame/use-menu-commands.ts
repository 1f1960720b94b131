import { computed, onScopeDispose, watch } from 'vue';
import { FILE_MENU } from '@shared/contract/file-menu';
import { studio } from '../bridge';
import { useCommandsStore } from '../stores/commands';
import { useStudioStore } from '../stores/studio';
import { useToastsStore } from '../stores/toasts';

/** Carries out what is chosen in the menu of a window of the system, and tells that menu what can be done at the moment. */
export function useMenuCommands(): void {
  const commands = useCommandsStore();
  const studioStore = useStudioStore();
  const toasts = useToastsStore();

  onScopeDispose(
    studio.onNotification('command.chosen', ({ id }) => {
      commands.run(id);
    }),
  );

  const ids = new Set(FILE_MENU.flat());
  /** As one text, which changes only when what can be done does; null where there is no such menu. */
  const possible = computed(() => {
    if (studioStore.info?.shell !== 'electron') return null;
    const now = commands.offered.filter((command) => ids.has(command.id) && command.reason === null);
    return now.map(({ id }) => id).join(' ');
  });
  watch(
    possible,
    (now) => {
      if (now === null) return;
      const able = now.split(' ').filter((id) => id !== '');
      void toasts.attempt(async () => {
        await studio.request('menu.enable', { commands: able });
      });
    },
    { immediate: true },
  );
}
