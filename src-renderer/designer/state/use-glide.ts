import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { Picture } from '../layout/blend';

const DURATION_MILLISECONDS = 200;
/** More cards than this do not move smoothly on a slow machine: they are at their places at once. */
const MOST_CARDS = 100;

/** The way from one layout to the next one. */
export interface Glide {
  /** Where things come from, and how much of the way is behind (0 to 1); null: everything is at its place. */
  way: Readonly<ShallowRef<{ from: Picture; share: number } | null>>;
  /** From here on everything moves to the place that it is given next. */
  begin(from: Picture): void;
  end(): void;
}

/** Fast at first, and slow where it arrives. */
function eased(share: number): number {
  return 1 - (1 - share) ** 3;
}

/** Moves cards and lines together. Whoever presses, turns the wheel or types finds everything at its place. */
export function useGlide(): Glide {
  const way = shallowRef<{ from: Picture; share: number } | null>(null);
  let stop: (() => void) | null = null;

  function end(): void {
    stop?.();
    stop = null;
    way.value = null;
  }

  function begin(from: Picture): void {
    end();
    if (from.cards.size > MOST_CARDS || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    way.value = { from, share: 0 };
    let start: number | null = null;
    let frame = requestAnimationFrame(move);
    function move(now: number): void {
      // Counted from the first frame: what the step itself takes is no part of the way.
      start ??= now;
      const share = (now - start) / DURATION_MILLISECONDS;
      if (share >= 1) {
        end();
        return;
      }
      way.value = { from, share: eased(share) };
      frame = requestAnimationFrame(move);
    }
    const gliding = new AbortController();
    const { signal } = gliding;
    for (const input of ['pointerdown', 'wheel', 'keydown'] as const)
      window.addEventListener(input, end, { signal, capture: true, passive: true });
    stop = () => {
      cancelAnimationFrame(frame);
      gliding.abort();
    };
  }

  onScopeDispose(end);
  return { way, begin, end };
}
