import { expect, it } from 'vitest';
import { canvasTimes } from './speed/large-canvas';
import { largeDesign } from './speed/large-design';
import { openListed, studioWith } from './speed/open-design';

/** What takes less on an idle machine, a busy one may take so many times. The bounds themselves are held in tests/long. */
const SLACK = 8;

it('a design of 2,000 layers and 3,000 connections opens, and follows the hand', async () => {
  const { page, complaints } = await studioWith({ Large: largeDesign(2000) });
  const { all } = await openListed(page, 'Large', 2000);
  expect(all).toBeLessThan(SLACK * 3000);
  const times = await canvasTimes(page, 20);
  // Only those in sight are on the page.
  expect(await page.locator('[data-node]').count()).toBeLessThan(500);
  for (const [what, { median }] of Object.entries(times)) expect(median, what).toBeLessThan(SLACK * 50);
  expect(complaints()).toEqual([]);
});
