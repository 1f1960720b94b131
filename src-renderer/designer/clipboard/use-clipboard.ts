import { onScopeDispose } from 'vue';
import { StudioError } from '@shared/problem';
import { useProjectStore } from '../../stores/project';
import { useToastsStore } from '../../stores/toasts';
import { paste } from '../edits/paste';
import type { Designer } from '../state/use-designer';
import { clipText, copyNodes, readClip } from './clip';
import { pasteShift } from './paste-shift';

/** What the commands of the clipboard do. */
export interface Clipboard {
  /** @throws StudioError clipboard-closed when the window may not use the clipboard */
  copy(): Promise<void>;
  /** @throws StudioError clipboard-closed */
  cut(): Promise<void>;
  /** @throws StudioError clipboard-closed, clipboard-foreign, clipboard-invalid */
  paste(): Promise<void>;
  duplicate(): void;
  /** The copies read what the originals read. */
  duplicateWithInputs(): void;
}

function closed(keys: string, cause: unknown): StudioError {
  const problem = {
    code: 'clipboard-closed',
    message: 'The studio was not let at the clipboard.',
    fix: `Press ${keys} on the canvas instead: keys need no permission.`,
  };
  return new StudioError(problem, { cause });
}

function takesText({ target }: Event): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

/** Whether keys of the clipboard mean the canvas: nobody types, and no words are marked. */
function meansCanvas(event: ClipboardEvent): boolean {
  return !takesText(event) && (window.getSelection()?.isCollapsed ?? true);
}

/** On Linux the middle button pastes the words that are marked somewhere: into boxes, but not onto the canvas. */
function keepMarkedWords(event: MouseEvent): void {
  if (event.button === 1 && !takesText(event)) event.preventDefault();
}

/**
 * Copies, cuts and pastes layers through the clipboard of the system, as text. The keys arrive as clipboard events, which need no
 * permission; commands chosen from a menu ask for it.
 */
export function useClipboard(designer: Designer): Clipboard {
  const store = useProjectStore();
  const toasts = useToastsStore();
  const { selection, placement, pointer, document: design } = designer;

  function copied(): string {
    return clipText(copyNodes(design.value, selection.set.value, placement.places.value));
  }

  function put(text: string): void {
    const clip = readClip(text);
    if (!clip.ok) throw new StudioError(clip.problems[0]!);
    const shift = pasteShift(clip.value, [...placement.places.value.values()], pointer.at.value);
    const { edit, nodes } = paste(design.value, clip.value, shift);
    designer.viewport.hold();
    store.apply(edit);
    designer.choose(nodes);
  }

  function take(event: ClipboardEvent): void {
    if (!meansCanvas(event) || !event.clipboardData || selection.ids.value.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copied());
    if (event.type === 'cut') designer.removeSelected();
  }

  function give(event: ClipboardEvent): void {
    if (!meansCanvas(event) || !event.clipboardData) return;
    event.preventDefault();
    const text = event.clipboardData.getData('text/plain');
    try {
      put(text);
    } catch (error) {
      toasts.report(error);
    }
  }

  const listeners = new AbortController();
  document.addEventListener('copy', take, listeners);
  document.addEventListener('cut', take, listeners);
  document.addEventListener('paste', give, listeners);
  document.addEventListener('mouseup', keepMarkedWords, listeners);
  onScopeDispose(() => {
    listeners.abort();
  });

  async function write(keys: string): Promise<void> {
    await navigator.clipboard.writeText(copied()).catch((error: unknown) => {
      throw closed(keys, error);
    });
  }

  function duplicate(inputs: boolean): void {
    const clip = copyNodes(design.value, selection.set.value, placement.places.value, inputs);
    const shift = pasteShift(clip, [...placement.places.value.values()], null);
    const { edit, nodes } = paste(design.value, clip, shift, { verb: 'Duplicate', inputs });
    store.apply(edit);
    designer.choose(nodes);
  }

  return {
    copy: () => write('Ctrl C'),
    cut: async () => {
      await write('Ctrl X');
      designer.removeSelected();
    },
    paste: async () => {
      const text = await navigator.clipboard.readText().catch((error: unknown) => {
        throw closed('Ctrl V', error);
      });
      put(text);
    },
    duplicate: () => {
      duplicate(false);
    },
    duplicateWithInputs: () => {
      duplicate(true);
    },
  };
}
