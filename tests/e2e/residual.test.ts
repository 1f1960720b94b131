import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openStudio } from './studio-window';

/** The card of a layer, or the bar of a frame. */
function card(page: Page, name: string): Locator {
  return page.getByRole('option', { name: new RegExp(`^${name},`) });
}

/** Puts the keyboard at the knobs, by the command. */
async function callKnobs(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('width and depth');
  await page.keyboard.press('Enter');
  await page.locator('[data-field="widening"] input:focus').waitFor();
}

it('the width and depth of MCN-20 are turned, typed, and undone in one step each', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN-20' }).first().click();
  const knobs = page.getByRole('region', { name: 'Residual network' });
  await card(page, 'Stage 2').click();
  await knobs.waitFor({ state: 'detached' });
  await callKnobs(page);
  const before = await knobs.innerText();
  expect(before).toContain('16-16-32-64');
  expect(before).toContain('19 convolutions (6n+2: 20, 6n+4: 22)');

  await page.locator(':focus').fill('2.5');
  await expect.poll(() => knobs.innerText()).toContain('40-40-80-160');
  expect(await knobs.innerText()).toMatch(/191 kB → 974 kB[^]*168 M → 1\.0 G/);
  expect(await card(page, 'Stage 3').innerText()).toContain('3 × MCN 160 maps');
  await page.getByRole('button', { name: 'Depth: more' }).click();
  await expect.poll(() => knobs.innerText()).toContain('25 convolutions');
  expect(await card(page, 'Stage 1').innerText()).toContain('4 × MCN 40 maps');

  await page.getByRole('button', { name: 'Undo', exact: false }).first().click();
  await expect.poll(() => knobs.innerText()).toContain('19 convolutions');
  await page.getByRole('button', { name: 'Undo', exact: false }).first().click();
  await expect.poll(() => knobs.innerText()).toBe(before);

  const stage2 = knobs.getByRole('textbox', { name: 'Stage 2: maps' });
  await stage2.fill('8');
  await page.getByText('MCN blocks do not narrow: behind stage 1, stage 2 needs 16 maps or more.').waitFor();
  await stage2.blur();
  await expect.poll(() => stage2.inputValue()).toBe('32');
  expect(complaints()).toEqual([]);
});

it('what was made by hand is named before it would be lost, and kept when one says so', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN-20' }).first().click();
  await card(page, 'Stage 2').click();
  await page.keyboard.press('Shift+E');
  await card(page, 'block 3').waitFor();
  await page.keyboard.press('Control+Shift+G');
  await card(page, 'block 3').click();
  await page.getByRole('textbox', { name: /^Centers/ }).fill('4');
  await callKnobs(page);
  const knobs = page.getByRole('region', { name: 'Residual network' });
  const kept = 'Made by hand, stays: Stage 2 / block 3 (4 centers).';
  await expect.poll(() => knobs.innerText()).toContain(kept);
  const undo = page.getByRole('button', { name: 'Undo', exact: false }).first();
  const before = [await knobs.innerText(), await undo.getAttribute('title')];

  const blocks = knobs.getByRole('textbox', { name: 'Stage 2: blocks' });
  await blocks.fill('1');
  const question = knobs.getByRole('alert');
  await expect.poll(() => question.innerText()).toContain('Stage 2 / block 3 (4 centers)');
  expect(await card(page, 'block 3').count()).toBe(1);
  await knobs.getByRole('button', { name: 'Keep them' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await blocks.inputValue()).toBe('3');
  expect([await knobs.innerText(), await undo.getAttribute('title')]).toEqual(before);

  await blocks.fill('2');
  await card(page, 'block 2').waitFor({ state: 'detached' });
  expect(await card(page, 'block 3').count()).toBe(1);
  await blocks.fill('1');
  await knobs.getByRole('button', { name: 'Apply and lose' }).click();
  await card(page, 'block 3').waitFor({ state: 'detached' });
  expect(await knobs.innerText()).not.toContain('Made by hand');
  await blocks.fill('3');
  await card(page, 'block 3').waitFor();
  await expect.poll(() => knobs.innerText()).toContain(kept);
  expect(complaints()).toEqual([]);
});
