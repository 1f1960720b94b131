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

it('the wheel goes near and far around the pointer, and from far a double-click and full size go to the card', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN-20' }).first().click();
  const stage = card(page, 'Stage 2');
  await stage.waitFor();
  const widthOf = async (): Promise<number> => (await stage.boundingBox())!.width;
  const isInSight = async (): Promise<boolean> => {
    const [box, canvas] = [(await stage.boundingBox())!, (await page.locator('.canvas').boundingBox())!];
    return box.x >= canvas.x && box.x + box.width <= canvas.x + canvas.width && box.y >= canvas.y;
  };
  const full = await widthOf();
  const before = await middle(stage);
  await page.mouse.move(before.x, before.y);
  await page.mouse.wheel(0, 100);
  await expect.poll(widthOf).toBeCloseTo(full / 1.149, 0);
  expect((await middle(stage)).x).toBeCloseTo(before.x, 0);

  // Another place of the canvas becomes the middle of what is seen.
  await page.mouse.move(before.x - 330, before.y + 250);
  for (let notch = 0; notch < 7; notch++) await page.mouse.wheel(0, 100);
  await expect.poll(widthOf).toBeLessThan(0.4 * full);
  await page.mouse.dblclick(...(Object.values(await middle(stage)) as [number, number]));
  await expect.poll(widthOf).toBeCloseTo(0.8 * full, 0);
  expect(await isInSight()).toBe(true);

  await page.mouse.move(before.x - 330, before.y + 250);
  for (let notch = 0; notch < 9; notch++) await page.mouse.wheel(0, 100);
  await expect.poll(widthOf).toBeLessThan(0.3 * full);
  await page.keyboard.press('1');
  await expect.poll(widthOf).toBeCloseTo(full, 0);
  expect(await isInSight()).toBe(true);

  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => stage.getAttribute('aria-selected')).toBe('false');
  expect(complaints()).toEqual([]);
});
