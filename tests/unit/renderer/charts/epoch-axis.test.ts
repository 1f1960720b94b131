import { describe, expect, it } from 'vitest';
import {
  epochOfRow,
  epochTicks,
  rowAt,
  rowsInRange,
  runRange,
  selectedRange,
} from '@renderer/charts/epoch-axis';

describe('epochs axis', () => {
  it('puts the last step of an epoch on the whole number, and finds it again', () => {
    expect(epochOfRow(468, 469)).toBe(1);
    expect(rowAt(1, 469, 1000)).toBe(468);
    expect(rowAt(0, 469, 1000)).toBe(0);
    expect(rowAt(50, 469, 1000)).toBe(999);
    expect(rowAt(1, 469, 0)).toBe(-1);
  });

  it('draws one row more on either side of a stretch', () => {
    const { from, to } = rowsInRange({ from: 1, to: 2 }, 10, 100);
    expect(epochOfRow(from, 10)).toBeLessThan(1);
    expect(epochOfRow(to - 1, 10)).toBeGreaterThan(2);
    expect(rowsInRange({ from: 1, to: 2 }, 10, 15)).toEqual({ from, to: 15 });
    expect(rowsInRange({ from: 5, to: 6 }, 10, 15)).toEqual({ from: 15, to: 15 });
  });

  it('counts whole epochs and goes to parts only where the stretch is short', () => {
    expect(epochTicks({ from: 0, to: 6 }, 8)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(epochTicks({ from: 0, to: 200 }, 6)).toEqual([0, 50, 100, 150, 200]);
    expect(epochTicks({ from: 0.9, to: 1.3 }, 4)).toEqual([0.9, 1, 1.1, 1.2, 1.3]);
  });

  it('shows a young run large and the whole of it later', () => {
    expect(runRange(6, 0)).toEqual({ from: 0, to: 6 });
    expect(runRange(6, 0.1).to).toBe(0.1875);
    expect(runRange(6, 2)).toEqual({ from: 0, to: 3 });
    expect(runRange(6, 2.9)).toEqual({ from: 0, to: 6 });
    expect(runRange(6, 6)).toEqual({ from: 0, to: 6 });
  });

  it('keeps a selection inside the run and refuses one shorter than two steps', () => {
    expect(selectedRange(5, -1, 4, 100)).toEqual({ from: 0, to: 4 });
    expect(selectedRange(1, 1.01, 4, 100)).toBeNull();
  });
});
