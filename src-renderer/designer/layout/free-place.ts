import type { Position } from '@shared/graph/document';
import { cardsOverlap, CARD_HEIGHT, CARD_WIDTH } from './card-size';

/** Space that is left between a card and one that gives way to it. */
const AIR = 20;
/** Only the nearest cards decide where to look; beside or below all of them there is always room. */
const NEAREST = 12;

function squaredDistance(a: Position, b: Position): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
}

/** Places right beside, above and below cards, and their combinations. */
function placesAround(wanted: Position, cards: readonly Position[]): Position[] {
  const xs = [wanted.x, ...cards.flatMap(({ x }) => [x - CARD_WIDTH - AIR, x + CARD_WIDTH + AIR])];
  const ys = [wanted.y, ...cards.flatMap(({ y }) => [y - CARD_HEIGHT - AIR, y + CARD_HEIGHT + AIR])];
  return xs.flatMap((x) => ys.map((y) => ({ x, y })));
}

/** The place nearest to a wanted one, of those beside the cards around it, where a card covers none of `taken`. */
export function freePlace(wanted: Position, taken: readonly Position[]): Position {
  const isFree = (place: Position): boolean => !taken.some((other) => cardsOverlap(place, other));
  if (isFree(wanted)) return wanted;
  const byDistance = (a: Position, b: Position): number =>
    squaredDistance(a, wanted) - squaredDistance(b, wanted);
  const near = taken.toSorted(byDistance).slice(0, NEAREST);
  const found = placesAround(wanted, near).toSorted(byDistance).find(isFree);
  if (found) return found;
  return { x: wanted.x, y: Math.max(...taken.map(({ y }) => y)) + CARD_HEIGHT + AIR };
}
