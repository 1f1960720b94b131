import { boundsOverlap, type Bounds } from './card-size';

/** Side of a square, in CSS pixels at zoom 1; about as large as a card. */
const SQUARE = 160;

/** More than a design has rows of squares; squares that share a number would only be asked in vain. */
const ROWS = 2 ** 20;

function range(low: number, high: number): [number, number] {
  return [Math.floor(low / SQUARE), Math.floor(high / SQUARE)];
}

/**
 * Rectangles sorted into the squares of a grid, so that whether one of thousands is in the way is asked of a few only. A line is a rectangle
 * without width or height: it is hit where it runs through the inside of another, not along its edge.
 */
export class BoundsIndex {
  readonly #squares = new Map<number, Bounds[]>();

  constructor(all: Iterable<Bounds> = []) {
    for (const bounds of all) this.add(bounds);
  }

  /** The squares that a rectangle touches, until `visit` returns true. */
  #visit({ left, top, right, bottom }: Bounds, visit: (square: number) => boolean): boolean {
    const [west, east] = range(left, right);
    const [north, south] = range(top, bottom);
    for (let column = west; column <= east; column += 1)
      for (let row = north; row <= south; row += 1) if (visit(column * ROWS + row)) return true;
    return false;
  }

  add(bounds: Bounds): void {
    this.#visit(bounds, (square) => {
      const known = this.#squares.get(square);
      if (known) known.push(bounds);
      else this.#squares.set(square, [bounds]);
      return false;
    });
  }

  /** Whether any of them shares an area with `bounds`. */
  overlaps(bounds: Bounds): boolean {
    return this.#visit(bounds, (square) => {
      return this.#squares.get(square)?.some((other) => boundsOverlap(bounds, other)) ?? false;
    });
  }
}
