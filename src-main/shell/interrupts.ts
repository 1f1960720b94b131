/** npm hands Ctrl-C on to a process that the terminal told already: what comes so soon is the same key. */
const SAME_KEY_MILLISECONDS = 500;

/**
 * Calls `first` at the first wish to end (Ctrl-C, SIGTERM) and `again` at every later one.
 * @returns stops listening
 */
export function onInterrupt(first: (signal: NodeJS.Signals) => void, again: () => void): () => void {
  let since: number | null = null;
  const listener = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (since === null) {
      since = now;
      first(signal);
    } else if (now - since >= SAME_KEY_MILLISECONDS) again();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
}
