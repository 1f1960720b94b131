import { computed, type ComputedRef } from 'vue';
import type { Position } from '@shared/graph/document';
import { seenBounds } from '../canvas/fit-viewport';
import { boundsOverlap, cardBounds, type Bounds } from '../layout/card-size';
import type { Placement } from './use-placement';
import type { ViewportState } from './use-viewport';

/** Designs of up to so many cards stand on the page as a whole. */
const FEW_CARDS = 150;
/** So many cards fit into sight only where they are too small to be read; elements for all of them would take seconds. */
const MOST_ELEMENTS = 400;
/** How far beyond what is seen, in shares of it, things are on the page already. */
const AHEAD = 0.5;

/** What of a large design is on the page: what is in sight and a little around it. */
export interface Sight {
  /** Whether something at a place of the canvas, or in a rectangle, is on the page. */
  holds(what: Position | Bounds): boolean;
  /** Whether cards are painted on one canvas instead of being elements each. */
  isPainted: ComputedRef<boolean>;
  /** Whether some cards are no elements. */
  isPartial: ComputedRef<boolean>;
  /** The card that is painted at a place; null where none is, or where cards are elements. */
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

/** Follows what is seen of a design. */
export function useSight(placement: Placement, viewport: ViewportState): Sight {
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

  return {
    holds: (what) => {
      if (!isLarge.value) return true;
      const { left, top, right, bottom } = region.value;
      if ('x' in what) return what.x > left && what.x < right && what.y > top && what.y < bottom;
      return boundsOverlap(what, region.value);
    },
    isPainted,
    isPartial: isLarge,
    paintedAt: ({ x, y }) => {
      if (!isPainted.value) return null;
      const point = { left: x, top: y, right: x, bottom: y };
      for (const [id, place] of placement.places.value)
        if (boundsOverlap(point, cardBounds(place))) return id;
      return null;
    },
  };
}
