/** What Linux says of a library that is there and was made for another processor. */
const NO_SUCH_FILE = 'cannot open shared object file: No such file or directory';

/** Where Node's advice and the places that it looked at begin. */
const BEYOND = /\n(?:Please|Require stack:)|\. Please try/;

/**
 * Why a library or module could not be loaded, as one sentence.
 * @param file the library, which is known to be there; null where what was loaded is a package
 */
export function loaderMessage(error: unknown, file: string | null): string {
  const said = (error as Error).message.split(BEYOND)[0]!.trim().replaceAll('\n', ' ');
  const why = said === `${file}: ${NO_SUCH_FILE}` ? `${file} was built for another processor` : said;
  return why.replace(/\.?$/, '.');
}
