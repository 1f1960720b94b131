import type { ChartMark } from './chart-series';

/** A mark with its place in the picture. */
export interface PlacedMark {
  x: number;
  word: string;
  /** Whether there is room for the word. */
  named: boolean;
}

const CLOSEST = 10;
const GAP = 6;

/**
 * Chooses the marks that fit side by side: of two lines closer than ten pixels the one of higher rank stays, and a word is left out where
 * it would run into the next line's word or out of the picture. Marks of rank 0 go with their words.
 * @param place x of a step in pixels
 * @param width of the picture in pixels
 * @param wordWidth width of a word in pixels
 */
export function placeMarks(
  marks: readonly ChartMark[],
  place: (step: number) => number,
  width: number,
  wordWidth: (word: string) => number,
): PlacedMark[] {
  const kept: ChartMark[] = [];
  for (const mark of marks.toSorted((a, b) => b.rank - a.rank || a.step - b.step)) {
    const x = place(mark.step);
    if (x < 0 || x > width) continue;
    if (kept.every((other) => Math.abs(place(other.step) - x) >= CLOSEST)) kept.push(mark);
  }
  const taken: [number, number][] = [];
  const named = kept.map((mark): [ChartMark, boolean] => {
    const from = place(mark.step);
    const to = from + GAP + wordWidth(mark.word);
    const free = to <= width && taken.every(([begin, end]) => to + GAP < begin || from > end + GAP);
    if (free) taken.push([from, to]);
    return [mark, free];
  });
  return named
    .filter(([mark, free]) => free || mark.rank > 0)
    .map(([mark, free]) => ({ x: place(mark.step), word: mark.word, named: free }))
    .toSorted((a, b) => a.x - b.x);
}
