import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { card, middle, port, type Point } from './design-room';
import { paintedColour } from './painted-colour';
import { openStudio } from './studio-window';

/** The colour of the connection that is painted at a place of the window; null: none is. */
function painted(page: Page, at: Point): Promise<string | null> {
  return paintedColour(page, 'lines', ['--wire', '--text-2'], at);
}

it('connections are painted where they run, and a card is selected as soon as it is held', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN-20' }).first().click();
  await card(page, 'Stage 2').waitFor();
  const [from, to] = [await port(page, 'Stage 1', 'output'), await port(page, 'Stage 2', 'in')];
  const between = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  await expect.poll(() => painted(page, between)).toBe('--wire');
  expect(await painted(page, { x: between.x, y: between.y - 12 })).toBeNull();

  const { x, y } = await middle(card(page, 'Stage 2'));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await expect.poll(() => card(page, 'Stage 2').getAttribute('aria-selected')).toBe('true');
  await expect.poll(() => painted(page, between)).toBe('--text-2');
  await page.mouse.move(x, y + 90, { steps: 5 });
  await expect.poll(() => painted(page, between)).toBeNull();
  await page.mouse.up();
  await page.keyboard.press('Control+z');
  await expect.poll(() => painted(page, between)).toBe('--text-2');
  expect(complaints()).toEqual([]);
});
