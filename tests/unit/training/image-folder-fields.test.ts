import { expect, it } from 'vitest';
import { checkSettings } from '@shared/training/settings';

it('classes are listed or drawn, not both', () => {
  expect(checkSettings({ classList: 'cat,dog' }).problems).toEqual([]);
  expect(checkSettings({ classDraw: 100, classList: ' ' }).problems).toEqual([]);
  expect(checkSettings({ classList: 'cat,dog', classDraw: 2 }).problems).toMatchObject([
    { code: 'classes-twice', field: 'classDraw' },
  ]);
});
