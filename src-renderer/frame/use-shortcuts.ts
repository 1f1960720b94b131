import { onMounted, onUnmounted } from 'vue';
import { useCommandsStore } from '../stores/commands';
import { useLeavingStore } from '../stores/leaving';
import { useUiStore } from '../stores/ui';
import { isMac, matchesShortcut, worksWhileTyping } from './shortcut';

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  );
}

/** Makes the shortcuts of all offered commands work in the whole window. What a part of the window handled itself is left alone. */
export function useShortcuts(): void {
  const commands = useCommandsStore();
  const ui = useUiStore();
  const leaving = useLeavingStore();
  const mac = isMac();

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || ui.paletteOpen || leaving.pending) return;
    const typing = isTyping(event.target);
    const command = commands.offered.find(
      ({ shortcut }) =>
        shortcut !== null && matchesShortcut(shortcut, event, mac) && (!typing || worksWhileTyping(shortcut)),
    );
    if (!command) return;
    // Also when it cannot be done now: Ctrl S must never save the page.
    event.preventDefault();
    commands.run(command.id);
  }

  onMounted(() => {
    window.addEventListener('keydown', press);
  });
  onUnmounted(() => {
    window.removeEventListener('keydown', press);
  });
}
