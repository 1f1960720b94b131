/** Something that the set-up needs and cannot make itself; the message says what and the way out. */
export class SetupError extends Error {
  name = 'SetupError';

  /** @param exitCode what the command ends with: 1 failed, 2 bad usage */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a script's main function and ends with the exit code that it resolves to. A SetupError is told in its own words, anything else
 * is a bug and keeps its stack.
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const expected = error instanceof SetupError;
    process.stderr.write(`${expected ? error.message : error.stack}\n`);
    process.exitCode = expected ? error.exitCode : 1;
  }
}
