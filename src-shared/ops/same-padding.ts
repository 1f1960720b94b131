/** Where a window of SAME padding lies on one axis. */
export interface AxisPadding {
  /** Output size. */
  out: number;
  /** Zeros in front of and behind the input. */
  before: number;
  after: number;
}

/**
 * TensorFlow's SAME padding of one axis (mcn.md, section 2): out = ceil(size / stride),
 * total = max((out - 1) * stride + window - size, 0), before = floor(total / 2), after = total - before.
 */
export function samePadding(size: number, window: number, stride: number): AxisPadding {
  const out = Math.ceil(size / stride);
  const total = Math.max((out - 1) * stride + window - size, 0);
  const before = Math.floor(total / 2);
  return { out, before, after: total - before };
}
