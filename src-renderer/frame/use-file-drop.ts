import { onMounted, onUnmounted, ref, type Ref } from 'vue';
import { StudioError } from '@shared/problem';
import { PROJECT_SUFFIX } from '@shared/project/project';
import { studio } from '../bridge';
import { useLeavingStore } from '../stores/leaving';
import { useProjectFilesStore } from '../stores/project-files';
import { useToastsStore } from '../stores/toasts';

/** Files from outside; what the window itself lets drag (layers of the palette) brings none. */
function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

/** Opens project files that are dropped into the window. Answers whether files are held over it. */
export function useFileDrop(): Ref<boolean> {
  const files = useProjectFilesStore();
  const leaving = useLeavingStore();
  const toasts = useToastsStore();
  const over = ref(false);

  function drag(event: DragEvent): void {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
    over.value = true;
  }

  function leave(event: DragEvent): void {
    // Between two parts of the window there is one that it goes on to.
    if (event.relatedTarget === null) over.value = false;
  }

  function drop(event: DragEvent): void {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    over.value = false;
    const dropped = [...event.dataTransfer!.files];
    const file = dropped.find(({ name }) => name.endsWith(PROJECT_SUFFIX));
    if (!file) {
      const what = dropped[0] ? `${dropped[0].name} is` : 'What was dropped is';
      toasts.report(
        new StudioError({
          code: 'drop-unknown',
          message: `${what} no project.`,
          fix: `Drop a ${PROJECT_SUFFIX} file. Data sets are added in Train.`,
        }),
      );
      return;
    }
    const path = studio.pathOf(file);
    leaving.leave(async () => {
      await (path === null ? files.openDropped(file) : files.open(path));
    });
  }

  onMounted(() => {
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
  });
  onUnmounted(() => {
    window.removeEventListener('dragover', drag);
    window.removeEventListener('dragleave', leave);
    window.removeEventListener('drop', drop);
  });
  return over;
}
