import { expect, it } from 'vitest';
import { card, cardNames, doubleClick, middle, pull } from './design-room';
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

it('a drag opens no menu, and its end chooses nothing from one', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN on MNIST' }).click();
  const one = card(page, 'MCconv 1');
  await one.waitFor();
  const names = await cardNames(page);
  const start = await middle(one);
  const aside = { x: start.x, y: start.y + 150 };
  await pull(page, start, aside);
  await page.mouse.down({ button: 'right' });
  await page.mouse.up({ button: 'right' });
  await page.mouse.move(aside.x + 40, aside.y + 40, { steps: 3 });
  expect(await page.getByRole('menu').count()).toBe(0);
  await page.mouse.up();
  expect((await middle(one)).y).toBeGreaterThan(aside.y);

  // Called by a key while a button is held; the button is released over a command.
  const now = await middle(one);
  await page.mouse.move(now.x, now.y);
  await page.mouse.down();
  await one.dispatchEvent('contextmenu', { clientX: now.x, clientY: now.y });
  const duplicate = await middle(page.getByRole('menuitem', { name: /^Duplicate(?! with)/ }));
  await page.mouse.move(duplicate.x, duplicate.y, { steps: 3 });
  await page.mouse.up();
  await page.waitForTimeout(200);
  expect(await page.getByRole('menu').count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await cardNames(page)).toEqual(names);
  await page.keyboard.press('Shift+F');

  // Pressed in the menu, or released from the press that opened it, a button does choose.
  await one.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Duplicate(?! with)/ }).click();
  await expect.poll(async () => (await cardNames(page)).length).toBe(names.length + 1);
  await page.keyboard.press('Control+z');
  await expect.poll(() => cardNames(page)).toEqual(names);
  await one.hover();
  await page.mouse.down({ button: 'right' });
  const again = await middle(page.getByRole('menuitem', { name: /^Duplicate(?! with)/ }));
  await page.mouse.move(again.x, again.y, { steps: 3 });
  await page.mouse.up({ button: 'right' });
  await expect.poll(async () => (await cardNames(page)).length).toBe(names.length + 1);
  expect(complaints()).toEqual([]);
});
