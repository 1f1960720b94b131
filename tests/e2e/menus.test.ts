import { expect, it } from 'vitest';
import { card, doubleClick } from './design-room';
import { openStudio } from './studio-window';

it('commands of menus keep the keyboard that they take, and a double click the list that it opens', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN on MNIST' }).click();
  await card(page, 'MCconv 2').waitFor();

  // The name to save under is selected without its ending, so that typing replaces it.
  await page.getByRole('button', { name: 'Project menu' }).click();
  await page.getByRole('menuitem', { name: /^Save the project as/ }).click();
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
  await expect
    .poll(() =>
      name.evaluate((box: HTMLInputElement) => box.value.slice(box.selectionStart!, box.selectionEnd!)),
    )
    .toBe('MCN on MNIST');
  await page.keyboard.type('mine');
  expect(await name.inputValue()).toBe('mine.mcnproj');
  await page.keyboard.press('Escape');

  // What cannot be done says why.
  await page.getByRole('button', { name: 'Project menu' }).click();
  const revert = page.getByRole('menuitem', { name: /^Revert the project/ });
  expect(await revert.innerText()).toContain('It is in no file yet');
  await page.keyboard.press('Escape');
  await revert.waitFor({ state: 'detached' });

  const list = page.getByRole('combobox', { name: 'Add a layer' });
  await card(page, 'MCconv 2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Add a layer/ }).click();
  await list.waitFor();
  await page.keyboard.type('relu');
  expect(await list.inputValue()).toBe('relu');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });

  // Beside a card that is selected, the first of the two clicks gives it up.
  await card(page, 'MCconv 2').click();
  const canvas = (await page.getByRole('region', { name: 'Byte budget' }).boundingBox())!;
  await doubleClick(page, canvas.x + 90, canvas.y - 60);
  await page.keyboard.type('add');
  expect(await list.inputValue()).toBe('add');
  expect(complaints()).toEqual([]);
});
