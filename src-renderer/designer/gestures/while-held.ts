/**
 * While something is held with the pointer: Escape gives it up, and so does leaving the window. The key means nothing else then.
 * Returns what ends the listening.
 */
export function whileHeld(giveUp: () => void): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  function escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    giveUp();
  }
  window.addEventListener('keydown', escape, { signal, capture: true });
  window.addEventListener('blur', giveUp, { signal });
  return () => {
    listeners.abort();
  };
}
