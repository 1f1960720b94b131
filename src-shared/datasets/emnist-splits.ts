const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
/** Small letters that do not look like their capitals; the others count as capitals in the merged splits. */
const SMALL_UNLIKE = 'abdefghnqrt';

/** How the classes of a split of EMNIST are labelled. */
export interface EmnistSplit {
  /** As a person reads it. */
  readonly title: string;
  readonly classes: readonly string[];
  /** The label of the first class. */
  readonly firstLabel: number;
}

function split(title: string, characters: string, firstLabel = 0): EmnistSplit {
  return { title: `EMNIST ${title}`, classes: characters.split(''), firstLabel };
}

/**
 * The splits of EMNIST by the name in their files ("emnist-letters-train-images-idx3-ubyte.gz"). All images lie there with rows
 * and columns exchanged.
 *
 * Source: Cohen, Afshar, Tapson and van Schaik, "EMNIST: an extension of MNIST to handwritten letters", 2017, and the mapping
 * files that come with the data.
 */
export const EMNIST_SPLITS: Readonly<Record<string, EmnistSplit>> = {
  balanced: split('Balanced', DIGITS + CAPITALS + SMALL_UNLIKE),
  byclass: split('ByClass', DIGITS + CAPITALS + SMALL),
  bymerge: split('ByMerge', DIGITS + CAPITALS + SMALL_UNLIKE),
  letters: split('Letters', CAPITALS, 1),
  digits: split('Digits', DIGITS),
  mnist: split('MNIST', DIGITS),
};
