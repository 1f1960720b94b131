/** Labelled images as stored: raw pixels, neither padded nor normalised. */
export interface Split {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** [count, height, width, channels], row by row. */
  readonly images: Uint8Array;
  /** [count], indices of classes. */
  readonly labels: Uint8Array;
}

/**
 * The first `limit` records of a split, or all of them when it has fewer or the limit is undefined. Always the first
 * ones, so that a limited run sees the same images whatever its seed. Copies what it keeps: the rest can be freed.
 */
export function firstRecords(split: Split, limit: number | undefined): Split {
  if (limit === undefined || limit >= split.count) return split;
  const pixels = split.height * split.width * split.channels;
  return {
    ...split,
    count: limit,
    images: split.images.slice(0, limit * pixels),
    labels: split.labels.slice(0, limit),
  };
}
