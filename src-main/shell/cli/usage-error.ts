/** The command line was not understood: exit code 2, with the line that says how it goes. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** Command whose help is shown; null: the list of commands. */
    readonly command: string | null,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
