/** npm hands Ctrl-C on to a process that the terminal told already: what comes so soon is the same key. */
const SAME_KEY_MILLISECONDS = 500;

/** Wishes to end: Ctrl-C, a service manager, a terminal that closes; and what a shell exits with after each. */
export const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type EndSignal = keyof typeof SIGNAL_EXIT_CODES;
const SIGNALS = Object.keys(SIGNAL_EXIT_CODES) as EndSignal[];

/**
 * Calls `first` at the first wish to end and `again` at every later one.
 * @returns stops listening
 */
export function onInterrupt(first: (signal: EndSignal) => void, again: () => void): () => void {
  let since: number | null = null;
  const listener = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (since === null) {
      since = now;
      first(signal as EndSignal);
    } else if (now - since >= SAME_KEY_MILLISECONDS) again();
  };
  for (const name of SIGNALS) process.on(name, listener);
  return () => {
    for (const name of SIGNALS) process.off(name, listener);
  };
}
