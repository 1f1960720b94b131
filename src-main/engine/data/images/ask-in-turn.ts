/** Files of one message to a decoding thread. */
const FILES_AT_A_TIME = 512;

/**
 * Asks about many files, some at a time and all side by side, and hands on the answers in the order of the files.
 *
 * @param ask has some of the files looked at
 * @param take gets each answer and the number of its first file
 * @throws StudioError for the first bad file in the order of the list, whichever thread is faster
 */
export async function askInTurn<Answer>(
  paths: readonly string[],
  ask: (some: readonly string[]) => Promise<Answer>,
  take: (answer: Answer, from: number) => void,
): Promise<void> {
  const starts = Array.from(
    { length: Math.ceil(paths.length / FILES_AT_A_TIME) },
    (_, at) => at * FILES_AT_A_TIME,
  );
  const asked = starts.map((from) => ask(paths.slice(from, from + FILES_AT_A_TIME)));
  // The others' answers are let go when one fails.
  for (const answer of asked) answer.catch(() => undefined);
  for (const [at, answer] of asked.entries()) take(await answer, starts[at]!);
}
