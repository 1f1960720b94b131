import type { Recovery } from '@shared/contract/project-methods';
import { counted } from '@shared/words/format-count';

/** "12:31", with the day when that is not today. @param now milliseconds since 1970, as `at` is */
export function momentText(at: number, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB', { timeStyle: 'short' });
  const today = date.toDateString() === new Date(now).toDateString();
  return today ? time : `${date.toLocaleDateString('en-GB', { dateStyle: 'medium' })}, ${time}`;
}

/** "3 changes from 12:31 were not saved." */
export function recoveryText({ changes, keptAt }: Recovery, now: number): string {
  const moment = momentText(keptAt, now);
  if (!changes) return `Its state from ${moment} was not saved.`;
  return `${counted(changes, 'change')} from ${moment} ${changes === 1 ? 'was' : 'were'} not saved.`;
}
