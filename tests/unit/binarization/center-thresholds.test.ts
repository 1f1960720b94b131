import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignCenters } from '@shared/binarization/assign-centers';
import { centerThresholds } from '@shared/binarization/center-thresholds';

const float = fc.float({ min: -4, max: 4, noNaN: true });

/** Equal, or so far apart that distances in double differ. */
const center = fc.integer({ min: -4096, max: 4096 }).map((value) => value / 1024);

/** The float32 next to a value, above or below it. */
function neighbour(value: number, steps: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0]! += value < 0 ? -steps : steps;
  return new Float32Array(bits.buffer)[0]!;
}

/** What a device does with thresholds: the center behind as many thresholds as the weight is not below of. */
function decided(weights: Float32Array, centers: Float32Array): Float32Array {
  const thresholds = centerThresholds(centers);
  return weights.map((weight) => centers[thresholds.filter((threshold) => weight >= threshold).length]!);
}

function assigned(weights: Float32Array, centers: Float32Array): Float32Array {
  const indices = assignCenters(weights, centers);
  return weights.map((_, at) => centers[indices[at]!]!);
}

describe('thresholds between centers', () => {
  it('decide as distances in double do, next to the middle, too', () => {
    fc.assert(
      fc.property(
        fc.array(center, { minLength: 2, maxLength: 16 }),
        fc.array(float, { minLength: 1, maxLength: 20 }),
        (drawn, others) => {
          const centers = Float32Array.from(drawn).sort();
          const near = [...centerThresholds(centers)].flatMap((value) => [
            value,
            neighbour(value, 1),
            neighbour(value, -1),
          ]);
          // Below zero the bits count on from another end, and end up beyond the numbers.
          const numbers = near.filter((value) => !Number.isNaN(value));
          const weights = Float32Array.from([...numbers, ...centers, ...others]);
          // Both zeros are one.
          const plain = (values: Float32Array): number[] => Array.from(values, (value) => value + 0);
          expect(plain(decided(weights, centers))).toEqual(plain(assigned(weights, centers)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('lie in the middle, which belongs to the higher center', () => {
    expect(centerThresholds(Float32Array.of(-1, 1))[0]).toBeCloseTo(0, 15);
    expect(centerThresholds(Float32Array.of(0.5, 0.5, 1))).toEqual(Float32Array.of(0.5, 0.75));
  });
});
