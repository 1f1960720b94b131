import { onMounted, onUnmounted, watch } from 'vue';
import { studio } from '../bridge';
import { useProjectStore } from '../stores/project';
import { useProjectFilesStore } from '../stores/project-files';
import { useRecoveryStore } from '../stores/recovery';
import { useRunStore } from '../stores/run';
import { useRunsStore } from '../stores/runs';
import { useStudioStore } from '../stores/studio';
import { problemOf, useToastsStore } from '../stores/toasts';
import { useUiStore } from '../stores/ui';

/** Loads what the window shows, takes up where it was left, and warns before unsaved work is closed. */
export function useWindowStart(): void {
  const studioStore = useStudioStore();
  const toasts = useToastsStore();
  let first = true;

  watch(
    studio.connection,
    (state) => {
      if (state !== 'open') return;
      void toasts.attempt(studioStore.load);
      if (first) {
        first = false;
        void toasts.attempt(restoreWork);
        void toasts.attempt(restoreRun);
      }
    },
    { immediate: true },
  );
  useUnsavedWarning();
}

/** What was left unsaved goes before the file that was open: it may be of the same project. */
async function restoreWork(): Promise<void> {
  await useRecoveryStore().offer();
  if (!useProjectStore().project) await restoreProject();
}

/** What keeps a file from being opened now and says nothing of the next time. */
const PASSING: ReadonlySet<string> = new Set(['studio-gone', 'project-elsewhere']);

async function restoreProject(): Promise<void> {
  const ui = useUiStore();
  const { projectPath, room } = ui.lastTime;
  if (projectPath === null) return;
  try {
    await useProjectFilesStore().reopen(projectPath);
  } catch (error) {
    // Said once: a file that cannot be opened now would be the first thing said at every start. Some things are no fault of the file.
    if (!PASSING.has(problemOf(error).code)) ui.projectPath = null;
    throw error;
  }
  ui.goTo(room);
}

/** The run that is being trained, or else the newest one. */
async function restoreRun(): Promise<void> {
  const runs = useRunsStore();
  const run = useRunStore();
  await runs.load();
  const latest = runs.active ?? runs.summaries[0];
  if (latest && run.id === null) await run.select(latest.id);
}

/** Stands in the way of closing: a browser then asks by itself, Electron's shell shows a question of its own. */
function useUnsavedWarning(): void {
  const project = useProjectStore();
  function warn(event: BeforeUnloadEvent): void {
    if (project.dirty) event.preventDefault();
  }
  onMounted(() => {
    window.addEventListener('beforeunload', warn);
  });
  onUnmounted(() => {
    window.removeEventListener('beforeunload', warn);
  });
}
