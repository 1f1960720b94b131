import { describe, expect, it } from 'vitest';
import type { RunState } from '@shared/training/engine-event';
import { areCopies } from '@shared/training/plane-correlation';
import { correlationMeaning, correlationText, flipMeaning } from '@renderer/filters/filter-words';
import { boundaries, histogramBars } from '@renderer/filters/histogram-bars';
import { modulationCsv } from '@renderer/filters/modulation-csv';
import { modulationScale } from '@renderer/filters/modulation-scale';
import { neighbour } from '@renderer/filters/neighbour';
import { planeRows } from '@renderer/filters/plane-rows';
import { snapshotText } from '@renderer/filters/snapshot-text';

const layer = {
  name: 'MCconv 1',
  planes: 2,
  kernel: 3,
  modulation: Float32Array.from({ length: 18 }, (_, index) => index / 4),
};

describe('planes of an M-Filter', () => {
  it('are read plane, then row, then column', () => {
    expect(planeRows(layer, 1)).toEqual([
      [2.25, 2.5, 2.75],
      [3, 3.25, 3.5],
      [3.75, 4, 4.25],
    ]);
  });

  it('share one scale over all layers', () => {
    expect(modulationScale([layer, { modulation: Float32Array.of(9) }])).toEqual({ low: 0, high: 9 });
    expect(modulationScale([])).toEqual({ low: 0, high: 1 });
  });

  it('are saved value by value, names quoted where a comma is in them', () => {
    const lines = modulationCsv([layer, { ...layer, name: 'a, "b"' }]).split('\r\n');
    expect(lines).toHaveLength(1 + 2 * 18 + 1);
    expect(lines[0]).toBe('layer,plane,y,x,value');
    expect(lines[1 + 9 + 5]).toBe('MCconv 1,1,1,2,3.5');
    expect(lines[1 + 18]).toBe('"a, ""b""",0,0,0,0');
    expect(lines.at(-1)).toBe('');
  });
});

describe('histogram of latent weights', () => {
  const histogram = { low: -1, high: 1, counts: Uint32Array.of(1, 2, 3, 4) };

  it('gives every bar the center that its weights take', () => {
    const bars = histogramBars(histogram, Float32Array.of(-0.5, 0.5));
    expect(bars.map((bar) => bar.center)).toEqual([0, 0, 1, 1]);
    expect(bars[1]).toEqual({ low: -0.5, high: 0, count: 2, center: 0 });
  });

  it('gives the higher center on a tie, and none before there are centers', () => {
    expect(histogramBars(histogram, Float32Array.of(-0.5, 1)).map((bar) => bar.center)).toEqual([0, 0, 1, 1]);
    expect(histogramBars(histogram, new Float32Array(0)).every((bar) => bar.center === null)).toBe(true);
  });

  it('has one boundary between two neighbours', () => {
    expect(boundaries([-1, 0, 2])).toEqual([-0.5, 1]);
    expect(boundaries([])).toEqual([]);
  });
});

describe('words about filters', () => {
  it('warn of planes that are copies', () => {
    expect(correlationMeaning({ planes: 4, planeCorrelation: 0.99996 }).tone).toBe('warning');
    expect(correlationMeaning({ planes: 4, planeCorrelation: 0.95 }).tone).toBe('plain');
  });

  it('find nothing wrong where there is no correlation to tell', () => {
    const single = correlationMeaning({ planes: 1, planeCorrelation: null });
    const pointwise = correlationMeaning({ planes: 4, planeCorrelation: null });
    expect([single.tone, pointwise.tone]).toEqual(['plain', 'plain']);
    expect(single.text).not.toBe(pointwise.text);
    expect(areCopies(null)).toBe(false);
    expect(correlationText(null, 3)).toBe('–');
    expect(correlationText(0.5, 3)).toBe('0.500');
  });

  it('say why there is no flip rate', () => {
    const none = { flipRate: null, centers: new Float32Array(0) };
    const said = [
      flipMeaning(none, false),
      flipMeaning(none, true),
      flipMeaning({ ...none, centers: Float32Array.of(0, 1) }, true),
      flipMeaning({ flipRate: 0.1, centers: Float32Array.of(0, 1) }, true),
    ];
    expect(new Set(said).size).toBe(4);
  });

  it('say whether the snapshot still changes', () => {
    const plan = { stepsPerEpoch: 469 } as Parameters<typeof snapshotText>[1];
    expect(snapshotText(214, plan, 'training')).toBe('epoch 0.46 · step 214, live');
    const last: RunState[] = ['finished', 'stopped', 'paused'];
    for (const state of last) expect(snapshotText(214, plan, state)).not.toContain('live');
    expect(snapshotText(0, null, 'preparing')).toBe('step 0');
  });
});

describe('moving through the layers', () => {
  it('follows the keys and stops at the ends', () => {
    expect(neighbour('ArrowDown', 0, 4)).toBe(1);
    expect(neighbour('ArrowDown', 3, 4)).toBe(3);
    expect(neighbour('ArrowUp', 0, 4)).toBe(0);
    expect(neighbour('End', 0, 4)).toBe(3);
    expect(neighbour('Home', 3, 4)).toBe(0);
  });

  it('leaves other keys and empty lists alone', () => {
    expect(neighbour('Enter', 0, 4)).toBeNull();
    expect(neighbour('ArrowDown', -1, 0)).toBeNull();
  });
});
