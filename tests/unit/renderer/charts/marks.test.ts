import { describe, expect, it } from 'vitest';
import { placeMarks } from '@renderer/charts/marks';

const wide = (word: string) => word.length * 6;
const place = (step: number) => step;

describe('marks', () => {
  it('keeps the more important of two that fall together', () => {
    const marks = [
      { step: 100, word: 'checkpoint', rank: 1 },
      { step: 104, word: 'binarized', rank: 3 },
    ];
    expect(placeMarks(marks, place, 400, wide)).toEqual([{ x: 104, word: 'binarized', named: true }]);
  });

  it('leaves out words that would run into each other, never the line', () => {
    const marks = [100, 130, 300].map((step) => ({ step, word: 'refit', rank: 1 }));
    expect(placeMarks(marks, place, 400, wide).map((mark) => mark.named)).toEqual([true, false, true]);
  });

  it('leaves out the least important ones altogether where their word has no room', () => {
    const marks = [100, 130, 300].map((step) => ({ step, word: 'checkpoint', rank: 0 }));
    expect(placeMarks(marks, place, 400, wide).map((mark) => mark.x)).toEqual([100, 300]);
  });

  it('leaves out what is not in the picture, and words that would leave it', () => {
    const marks = [-5, 390, 500].map((step) => ({ step, word: 'refit', rank: 1 }));
    expect(placeMarks(marks, place, 400, wide)).toEqual([{ x: 390, word: 'refit', named: false }]);
  });
});
