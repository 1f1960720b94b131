import { expect, it } from 'vitest';
import { card, cardLabels, inspector } from './design-room';
import { openStudio } from './studio-window';

it('layers are replaced in their places, copied with what they read, and all keys stand on one sheet', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: /^MCN on MNIST/ }).click();
  await card(page, 'MCconv 3').click();
  const before = await cardLabels(page);

  await page.keyboard.press('Shift+R');
  await page.getByRole('combobox', { name: 'Replace by' }).waitFor();
  const offered = page.getByRole('listbox', { name: 'Replace by' });
  expect(await offered.getByRole('option', { name: /^Conv/ }).count()).toBe(1);
  expect(await offered.getByRole('option', { name: /^Output/ }).count()).toBe(0);
  await page.keyboard.type('conv');
  await page.keyboard.press('Enter');
  await card(page, 'Conv, .*gives 8×8×160').waitFor();
  expect(
    await inspector(page)
      .getByRole('textbox', { name: /^Channels/ })
      .inputValue(),
  ).toBe('160');
  expect((await cardLabels(page)).length).toBe(before.length);
  await page.keyboard.press('Control+z');
  await card(page, 'MCconv 3').waitFor();
  expect(await cardLabels(page)).toEqual(before);

  await card(page, 'MCconv 2').click();
  await page.keyboard.press('Control+Shift+D');
  await card(page, 'MCconv 5, .*gives 16×16×80').waitFor();
  await page.keyboard.press('Control+z');
  await expect.poll(() => cardLabels(page)).toEqual(before);

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard and mouse' });
  await sheet.getByText('Replace by another layer type').waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  expect(complaints()).toEqual([]);
});
