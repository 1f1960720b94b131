import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BoundsIndex } from '@renderer/designer/layout/bounds-index';
import { boundsOverlap, type Bounds } from '@renderer/designer/layout/card-size';

const edge = fc.integer({ min: -1000, max: 1000 });
const side = fc.integer({ min: 0, max: 500 });
const rectangle = fc
  .tuple(edge, edge, side, side)
  .map(([left, top, width, height]): Bounds => ({ left, top, right: left + width, bottom: top + height }));

it('an index says of rectangles and lines what asking every rectangle says', () => {
  fc.assert(
    fc.property(fc.array(rectangle, { maxLength: 30 }), rectangle, (all, asked) => {
      const wanted = all.some((other) => boundsOverlap(asked, other));
      expect(new BoundsIndex(all).overlaps(asked)).toBe(wanted);
    }),
    { numRuns: 500 },
  );
});
