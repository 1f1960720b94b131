import { defineStore } from 'pinia';
import { computed, onScopeDispose, shallowReactive, shallowRef } from 'vue';
import { commands, findCommand, type Command } from '@shared/contract/commands';
import { useToastsStore } from './toasts';
import { useUiStore } from './ui';

/** What a command does, and why it cannot be done now (null: it can). */
export interface CommandAction {
  run: () => void | Promise<void>;
  reason?: () => string | null;
}

/** A command of the place where the person is. */
export interface OfferedCommand extends Command {
  /** Why it cannot be done now; null: it can. Followed by the effect that reads it. */
  readonly reason: string | null;
}

/** How long the reason is told why nothing was done. */
const TOLD_MILLISECONDS = 4000;

/** What commands do at the moment. The palette, shortcuts and menus all go through here. */
export const useCommandsStore = defineStore('commands', () => {
  const ui = useUiStore();
  const toasts = useToastsStore();
  const actions = shallowReactive(new Map<string, CommandAction>());
  /** Why what was asked for last did nothing; null: it did something, or it has been told for long enough. */
  const whyNothing = shallowRef<string | null>(null);
  let telling: ReturnType<typeof setTimeout> | undefined;

  /** Registers what a command does until the returned function is called; the latest registration holds. */
  function register(id: string, action: CommandAction): () => void {
    actions.set(findCommand(id).id, action);
    return () => {
      if (actions.get(id) === action) actions.delete(id);
    };
  }

  /** Commands that belong to where the person is. */
  const offered = computed(() => commands.flatMap((command) => (belongs(command) ? offer(command) : [])));

  function offer(command: Command): OfferedCommand[] {
    const action = actions.get(command.id);
    if (!action) return [];
    // Only worked out for who asks: some reasons take the whole design.
    const reason = computed(() => action.reason?.() ?? null);
    return [
      {
        ...command,
        get reason() {
          return reason.value;
        },
      },
    ];
  }

  function belongs(command: Command): boolean {
    return command.room === 'everywhere' || command.room === ui.room;
  }

  /** Does it, unless it cannot be done now. Returns whether it was begun; what fails is shown. */
  function run(id: string): boolean {
    const action = actions.get(id);
    if (!action || !belongs(findCommand(id)) || action.reason?.()) return false;
    void toasts.attempt(async () => {
      await action.run();
    });
    return true;
  }

  /** As run(), for keys, which show no reason of their own: why nothing happened is told for a while. */
  function runByKeys(id: string): boolean {
    const reason = actions.get(id)?.reason?.() ?? null;
    tellWhy(reason === null ? null : `${findCommand(id).label}: ${reason}`);
    return run(id);
  }

  /** Tells for a while why something did nothing that shows no reason of its own; null: it did something. */
  function tellWhy(words: string | null): void {
    clearTimeout(telling);
    whyNothing.value = words;
    if (words !== null) telling = setTimeout(() => (whyNothing.value = null), TOLD_MILLISECONDS);
  }

  return { offered, whyNothing, register, run, runByKeys, tellWhy };
});

/** Registers what a command does for as long as the calling component lives. */
export function useCommand(id: string, run: CommandAction['run'], reason?: CommandAction['reason']): void {
  onScopeDispose(useCommandsStore().register(id, reason ? { run, reason } : { run }));
}
