import { onMounted, onUnmounted } from 'vue';

const LETTER = /^\p{L}$/u;

/** Parts of the window in which letters find entries. */
const OWN_LETTERS = '[role=menu], [role=dialog], [role=listbox], [role=tree], [role=treegrid]';

/** Whether a key that was pressed there has no meaning of its own: nothing has the keyboard, or a button that was clicked, for which letters and Escape mean nothing. */
function isLoose({ target, key }: KeyboardEvent): boolean {
  if (target === document.body) return true;
  const onButton = target instanceof HTMLButtonElement && target.closest(OWN_LETTERS) === null;
  return onButton && (LETTER.test(key) || key === 'Escape');
}

/** Hands the canvas the keys that mean nothing where they are pressed: who has begun a design, or clicked a button, goes on typing layers. */
export function useLooseKeys(onKeydown: (event: KeyboardEvent) => void): void {
  function press(event: KeyboardEvent): void {
    if (!event.defaultPrevented && isLoose(event)) onKeydown(event);
  }
  onMounted(() => {
    document.addEventListener('keydown', press);
  });
  onUnmounted(() => {
    document.removeEventListener('keydown', press);
  });
}
