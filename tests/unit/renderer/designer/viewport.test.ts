import { describe, expect, it } from 'vitest';
import { fullSize, MOST_ZOOM, zoomAround } from '@renderer/designer/canvas/fit-viewport';
import { wheelFactor } from '@renderer/designer/canvas/use-wheel-zoom';

const CANVAS = { width: 1000, height: 600 };
const FAR = { zoom: 0.25, x: 40, y: -30 };

/** Where a place of the design is seen. */
function seenAt(place: number, zoom: number, pan: number): number {
  return place * zoom + pan;
}

describe('zooming', () => {
  it('leaves what is under the pointer where it is, as far as it goes', () => {
    const at = { x: 300, y: 200 };
    const place = { x: (at.x - FAR.x) / FAR.zoom, y: (at.y - FAR.y) / FAR.zoom };
    for (const factor of [1.15, 0.5, 100]) {
      const { zoom, x, y } = zoomAround(at, FAR, factor);
      expect(seenAt(place.x, zoom, x)).toBeCloseTo(at.x);
      expect(seenAt(place.y, zoom, y)).toBeCloseTo(at.y);
    }
    expect(zoomAround(at, FAR, 100).zoom).toBe(MOST_ZOOM);
  });

  it('to full size is around a card, or around the middle', () => {
    const box = { left: 4000, top: -900, right: 4156, bottom: -820 };
    expect(fullSize(box, FAR, CANVAS)).toEqual({ zoom: 1, x: 500 - 4078, y: 300 + 860 });
    const { zoom, x, y } = fullSize(null, FAR, CANVAS);
    expect(zoom).toBe(1);
    expect(seenAt((500 - FAR.x) / FAR.zoom, zoom, x)).toBeCloseTo(500);
    expect(seenAt((300 - FAR.y) / FAR.zoom, zoom, y)).toBeCloseTo(300);
  });

  it('goes by a seventh for a notch of a mouse, in pixels as in lines, and follows two fingers', () => {
    const wheel = { deltaY: -100, deltaMode: 0, ctrlKey: false };
    expect(wheelFactor(wheel)).toBeCloseTo(1.149, 3);
    expect(wheelFactor({ ...wheel, deltaY: 100 })).toBeCloseTo(1 / 1.149, 3);
    expect(wheelFactor({ ...wheel, deltaY: -3, deltaMode: 1 })).toBeCloseTo(1.11, 2);
    expect(wheelFactor({ ...wheel, deltaY: -5, ctrlKey: true })).toBeCloseTo(1.07, 2);
  });
});
