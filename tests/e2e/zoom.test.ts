import { expect, it } from 'vitest';
import { card, middle } from './design-room';
import { openStudio } from './studio-window';

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
