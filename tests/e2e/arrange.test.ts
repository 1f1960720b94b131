import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openStudio } from './studio-window';

function card(page: Page, name: string): Locator {
  return page.getByRole('option', { name: new RegExp(`^${name}, `) });
}

async function placeOf(page: Page, name: string): Promise<{ x: number; y: number }> {
  const box = (await card(page, name).boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** How far something is from where it was, as soon as it is told to be 300 pixels further right. */
function movedAtOnce(element: Locator): Promise<number> {
  return element.evaluate((layer: HTMLElement) => {
    const [style, before] = [layer.style.transform, layer.getBoundingClientRect().x];
    layer.style.transform = `translate(300px) ${style}`;
    const after = layer.getBoundingClientRect().x;
    layer.style.transform = style;
    return after - before;
  });
}

/** Runs a command from the palette of commands. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

it('a design is turned to run down and back, and a loose layer dropped on a connection goes into it', async () => {
  const { page, complaints } = await openStudio();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'MCN on MNIST' }).first().click();
  await card(page, 'MCconv 1').click();
  expect(await movedAtOnce(page.getByRole('listbox', { name: 'Layers of the design' }))).toBe(300);
  await command(page, 'Tidy top to bottom');
  await expect.poll(async () => (await placeOf(page, 'MCconv 1')).x).toBe((await placeOf(page, 'Input')).x);
  expect((await placeOf(page, 'MCconv 1')).y).toBeGreaterThan((await placeOf(page, 'Input')).y);
  // The arrow keys follow the connections downwards.
  await card(page, 'MCconv 1').click();
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(() => page.locator('[data-node][aria-selected=true]').getAttribute('aria-label'))
    .toMatch(/^BN · ReLU · Pool 1,/);

  // From the palette to an empty place, and from there onto the line below MCconv 1.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Add Dropout/ }).dblclick();
  const loose = await placeOf(page, 'Dropout');
  const [above, below] = [await placeOf(page, 'MCconv 1'), await placeOf(page, 'BN · ReLU · Pool 1')];
  await page.mouse.move(loose.x, loose.y);
  await page.mouse.down();
  await page.mouse.move(loose.x + 20, loose.y + 60, { steps: 4 });
  await page.getByText('Hold Alt to place it freely.').waitFor();
  await page.mouse.move(above.x, (above.y + below.y) / 2, { steps: 6 });
  await page.getByText('Let go to put it into the connection.').waitFor();
  await page.mouse.up();
  await card(page, 'Dropout, .*gives 32×32×\\d+').waitFor();
  await page.keyboard.press('Control+z');
  await card(page, 'Dropout, .*needs an input').waitFor();

  await command(page, 'Tidy left to right');
  await expect.poll(async () => (await placeOf(page, 'MCconv 1')).y).toBe((await placeOf(page, 'Input')).y);
  expect(complaints()).toEqual([]);
});
