import { computed, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Position } from '@shared/graph/document';
import { seenBounds } from '../canvas/fit-viewport';
import { boundsOverlap, cardBounds, type Bounds } from '../layout/card-size';
import { useGradually } from './use-gradually';
import type { Placement } from './use-placement';
import type { ViewportState } from './use-viewport';

/** Designs of up to so many cards stand on the page as a whole. */
const FEW_CARDS = 150;
/** So many cards fit into sight only where they are too small to be read; elements for all of them would take seconds. */
const MOST_ELEMENTS = 400;
/** How far beyond what is seen, in shares of it, things are on the page already. */
const AHEAD = 0.5;
/** Below this zoom cards show less, and connections no shapes. */
const FAR_ZOOM = 0.5;
/** So many things of a large design are made, or made anew, between two frames. */
const MOST_AT_ONCE = 24;

/** What an element shows of a card: all, its name and colour, or nothing, since it is painted and only the keyboard and screen readers need it. */
export type Look = 'near' | 'far' | 'none';

/** What of a large design is on the page: what is in sight and a little around it. */
export interface Sight {
  isFar: ComputedRef<boolean>;
  /** Whether something at a place of the canvas, or in a rectangle, is on the page. */
  holds(what: Position | Bounds): boolean;
  /** The cards that are elements of the page. Where many are to come they come frame by frame. */
  looks: Readonly<ShallowRef<ReadonlyMap<string, Look>>>;
  /** How many things may come to the page between two frames. */
  atOnce(): number;
  /** Whether cards are painted on one canvas instead of being elements each. */
  isPainted: ComputedRef<boolean>;
  /** Whether elements of cards in sight are still to come. */
  isBehind: ComputedRef<boolean>;
  /** Whether some cards are no elements. */
  isPartial: ComputedRef<boolean>;
  /** Whether a card is painted. */
  paints(card: string): boolean;
  /** The card that is painted at a place; null where none is. */
  paintedAt(place: Position): string | null;
}

function around({ left, top, right, bottom }: Bounds): Bounds {
  const [x, y] = [(right - left) * AHEAD, (bottom - top) * AHEAD];
  return { left: left - x, top: top - y, right: right + x, bottom: bottom + y };
}

/** Whether a rectangle is within another that is not much larger. */
function suits(region: Bounds, seen: Bounds): boolean {
  const isWithin =
    seen.left >= region.left &&
    seen.right <= region.right &&
    seen.top >= region.top &&
    seen.bottom <= region.bottom;
  return isWithin && region.right - region.left <= (1 + 4 * AHEAD) * (seen.right - seen.left);
}

/** The middle of a rectangle: what is seen of the one {@link around} it. */
function within({ left, top, right, bottom }: Bounds): Bounds {
  const share = AHEAD / (1 + 2 * AHEAD);
  const [x, y] = [(right - left) * share, (bottom - top) * share];
  return { left: left + x, top: top + y, right: right - x, bottom: bottom - y };
}

/** Follows what is seen of a design. The card that the keyboard is at (`cursor`) is always an element. */
export function useSight(
  placement: Placement,
  viewport: ViewportState,
  cursor: Readonly<Ref<string | null>>,
): Sight {
  // Stays the same object while what is seen stays within: a pan draws no card anew until then.
  const region = computed<Bounds>((before) => {
    const seen = seenBounds(viewport.viewport.value, viewport.canvas.value);
    return before && suits(before, seen) ? before : around(seen);
  });
  const isLarge = computed(() => placement.places.value.size > FEW_CARDS);
  const isPainted = computed(() => {
    if (!isLarge.value) return false;
    let count = 0;
    for (const place of placement.settled.value.values())
      if (boundsOverlap(cardBounds(place), region.value)) count += 1;
    return count > MOST_ELEMENTS;
  });

  const isFar = computed(() => viewport.viewport.value.zoom < FAR_ZOOM);

  /** The cards that are to be elements, those in the middle first. */
  function elements(): string[] {
    const { settled } = placement;
    const here = cursor.value !== null && settled.value.has(cursor.value) ? [cursor.value] : [];
    if (isPainted.value) return here;
    if (!isLarge.value) return [...settled.value.keys()];
    const held = [...settled.value].filter(([, place]) => boundsOverlap(cardBounds(place), region.value));
    const middle = within(region.value);
    const [seen, other] = [new Set(here), [] as string[]];
    for (const [id, place] of held) {
      if (boundsOverlap(cardBounds(place), middle)) seen.add(id);
      else other.push(id);
    }
    return [...seen, ...other];
  }

  const wanted = computed(() => {
    const look = isPainted.value ? 'none' : isFar.value ? 'far' : 'near';
    return new Map<string, Look>(elements().map((id) => [id, look]));
  });
  const atOnce = (): number => (isLarge.value ? MOST_AT_ONCE : Infinity);
  const looks = useGradually(wanted, atOnce);

  const paints = (card: string): boolean => (looks.value.get(card) ?? 'none') === 'none';

  return {
    isFar,
    looks,
    atOnce,
    isBehind: computed(() => looks.value.size < wanted.value.size),
    holds: (what) => {
      if (!isLarge.value) return true;
      const { left, top, right, bottom } = region.value;
      if ('x' in what) return what.x > left && what.x < right && what.y > top && what.y < bottom;
      return boundsOverlap(what, region.value);
    },
    isPainted,
    isPartial: isLarge,
    paints,
    paintedAt: ({ x, y }) => {
      const point = { left: x, top: y, right: x, bottom: y };
      for (const [id, place] of placement.places.value)
        if (paints(id) && boundsOverlap(point, cardBounds(place))) return id;
      return null;
    },
  };
}
