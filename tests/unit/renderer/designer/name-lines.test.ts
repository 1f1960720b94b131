import { expect, it } from 'vitest';
import { nameLines, unbroken } from '@renderer/designer/cards/name-lines';

/** Every character is as wide as any other. */
const lines = (name: string, room: number): string[] => nameLines(name, room, (text) => text.length);

it('a name stays in one line where it fits, and breaks between words where it does not', () => {
  expect(lines('ReLU', 10)).toEqual(['ReLU']);
  expect(lines('BN ReLU 1', 9)).toEqual(['BN ReLU 1']);
  expect(lines('BN ReLU 12', 9)).toEqual(['BN ReLU', '12']);
});

it('a dot between words stays in the line of the word before it', () => {
  expect(lines('BN · ReLU · Pool 2', 9)).toEqual(['BN · ReLU', '· Pool 2']);
  expect(lines(unbroken('BN · ReLU · Pool 2'), 9)).toEqual(['BN\u00a0·', 'ReLU\u00a0· P…']);
  expect(lines(unbroken('BN · ReLU · Pool 2'), 11)).toEqual(['BN\u00a0· ReLU\u00a0·', 'Pool 2']);
});

it('what fits into no two lines ends in an ellipsis', () => {
  expect(lines('GlobalAveragePooling', 9)).toEqual(['GlobalAv…']);
  expect(lines('Stage of many blocks', 9)).toEqual(['Stage of', 'many blo…']);
  expect(lines('BatchNormalisation 12345678901', 9)).toEqual(['BatchNor…', '12345678…']);
  expect(lines('wide', 0)).toEqual(['…']);
});
