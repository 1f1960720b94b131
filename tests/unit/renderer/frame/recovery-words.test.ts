import { expect, it } from 'vitest';
import { momentText, recoveryText } from '@renderer/frame/recovery-words';

const now = new Date(2026, 10, 27, 18, 0).getTime();
const at = new Date(2026, 10, 27, 12, 31).getTime();
const offer = { slot: 's', name: 'A', path: null, keptAt: at, problem: null };

it('says how many changes were not saved, and when', () => {
  expect(recoveryText({ ...offer, changes: 3 }, now)).toBe('3 changes from 12:31 were not saved.');
  expect(recoveryText({ ...offer, changes: 1 }, now)).toBe('1 change from 12:31 was not saved.');
  expect(recoveryText({ ...offer, changes: null }, now)).toBe('Its state from 12:31 was not saved.');
});

it('names the day when that is another one', () => {
  expect(momentText(at, now)).toBe('12:31');
  expect(momentText(at, now + 86_400_000)).toBe('27 Nov 2026, 12:31');
});
