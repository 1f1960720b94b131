import { nextTick, onMounted, onUnmounted } from 'vue';
import { useCommandsStore } from '../stores/commands';
import { useFileChoiceStore } from '../stores/file-choice';
import { useLeavingStore } from '../stores/leaving';
import { useQuestionsStore } from '../stores/questions';
import { useRecoveryStore } from '../stores/recovery';
import { useUiStore } from '../stores/ui';
import { isMac, matchesShortcut, worksAt, type KeyPlace } from '../ui/shortcut';

/** Commands that a key held down does again and again. */
const REPEATABLE: ReadonlySet<string> = new Set([
  'edit.undo',
  'edit.redo',
  'design.zoom-in',
  'design.zoom-out',
  'design.nudge-left',
  'design.nudge-right',
  'design.nudge-up',
  'design.nudge-down',
]);

/** Their keys make clipboard events, which the room hears and which need no permission. */
const CLIPBOARD: ReadonlySet<string> = new Set(['design.cut', 'design.copy', 'design.paste']);

/** Commands that work with what was typed last, be it not confirmed yet. */
const NEED_DRAFTS: ReadonlySet<string> = new Set([
  'project.save',
  'project.save-as',
  'project.duplicate',
  'train.start',
  'edit.undo',
  'edit.redo',
]);

/** Parts of the window in which plain keys have a meaning; the canvas of the design takes commands all the same. */
const OWN_KEYS = 'select, [role=menu], [role=dialog], [role=listbox]:not([data-takes-commands])';

/** Parts of the window whose text boxes edit the project while someone types in them. */
const EDITS_PROJECT = '[data-edits-project]';

function isTextBox(target: Element): boolean {
  return (
    (target instanceof HTMLElement && target.isContentEditable) ||
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement
  );
}

function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return { typing: false, editsProject: false, ownsPlainKeys: false };
  return {
    typing: isTextBox(target),
    editsProject: target.closest(EDITS_PROJECT) !== null,
    ownsPlainKeys: target.closest(OWN_KEYS) !== null,
  };
}

/** Has the box with the focus hand over what was typed, as it does when it is left. Returns whether it fits: what does not is given up. */
function handOverDraft(): boolean {
  const box = document.activeElement;
  if (!(box instanceof HTMLElement) || !isTextBox(box)) return true;
  const fits = box.ariaInvalid !== 'true';
  box.blur();
  box.focus({ preventScroll: true });
  return fits;
}

/** Makes the shortcuts of all offered commands work in the whole window. What a part of the window handled itself is left alone. */
export function useShortcuts(): void {
  const commands = useCommandsStore();
  const ui = useUiStore();
  const leaving = useLeavingStore();
  const questions = useQuestionsStore();
  const choice = useFileChoiceStore();
  const recovery = useRecoveryStore();
  const mac = isMac();

  function press(event: KeyboardEvent): void {
    const asked = leaving.pending ?? questions.current ?? choice.pending;
    if (event.defaultPrevented || ui.paletteOpen || ui.shortcutsOpen || asked || recovery.asking) return;
    const place = placeOf(event.target);
    const command = commands.offered.find(({ shortcut, alias }) =>
      [shortcut, alias].some(
        (keys) => keys !== null && matchesShortcut(keys, event, mac) && worksAt(keys, place),
      ),
    );
    if (!command || CLIPBOARD.has(command.id)) return;
    // Also when it cannot be done now: Ctrl S must never save the page.
    event.preventDefault();
    if (event.repeat && !REPEATABLE.has(command.id)) return;
    if (NEED_DRAFTS.has(command.id)) void runWithDraft(command.id);
    else commands.runByKeys(command.id);
  }

  async function runWithDraft(id: string): Promise<void> {
    const fits = handOverDraft();
    // What was given up is undone with that: it never was a step of the project.
    if (!fits && id === 'edit.undo') return;
    // A box that has not yet been shown what was taken would not notice that it is taken back.
    await nextTick();
    commands.runByKeys(id);
  }

  onMounted(() => {
    window.addEventListener('keydown', press);
  });
  onUnmounted(() => {
    window.removeEventListener('keydown', press);
  });
}
