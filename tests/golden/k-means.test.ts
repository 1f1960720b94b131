import { describe, expect, it } from 'vitest';
import { assignCenters } from '@shared/binarization/assign-centers';
import { kMeansCenters } from '@shared/binarization/k-means';
import { expectClose, readCase } from './golden-case';

interface Clustering {
  n: number;
  data: number[];
  centers: number[];
  index?: number[];
}

interface KMeansCase {
  cases: Clustering[];
  edge: Clustering[];
  ties: { centers: number[]; data: number[]; index: number[] };
}

const golden = readCase<KMeansCase>('kmeans');

describe('k-means', () => {
  it.each(golden.cases)('n = $n', ({ n, data, centers }) => {
    expectClose(kMeansCenters(data, n), centers, 1e-6);
  });

  it.each(golden.edge)('n = $n of few or equal values', ({ n, data, centers, index }) => {
    const found = kMeansCenters(data, n);
    expect([...found]).toEqual(centers);
    expect([...assignCenters(Float32Array.from(data), Float32Array.from(found))]).toEqual(index);
  });

  it('breaks ties upwards', () => {
    const { centers, data, index } = golden.ties;
    expect([...assignCenters(Float32Array.from(data), Float32Array.from(centers))]).toEqual(index);
  });
});
