import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { card, cardLabels, inspector, middle, port, pull, type Point } from './design-room';
import { paintedColour } from './painted-colour';
import { openStudio } from './studio-window';

/** The names of the selected layers. */
function selected(page: Page): Promise<string[]> {
  return page
    .locator('[data-node][aria-selected=true]')
    .evaluateAll((all) => all.map((one) => one.ariaLabel!.split(',')[0]!));
}

/** The button that takes back the last step. */
function undo(page: Page): Locator {
  return page.getByRole('toolbar', { name: 'Canvas' }).getByRole('button', { name: /^Undo/ });
}

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

it('Escape puts dragged cards back and keeps them selected, and takes a selection box away', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN on MNIST' }).first().click();
  await card(page, 'MCconv 1').waitFor();
  const start = await middle(card(page, 'MCconv 1'));
  const away = { x: start.x + 40, y: start.y + 150 };
  await pull(page, start, away);
  expect(await middle(card(page, 'MCconv 1'))).not.toEqual(start);
  await page.keyboard.press('Escape');
  expect(await middle(card(page, 'MCconv 1'))).toEqual(start);
  await page.mouse.move(away.x + 60, away.y + 60, { steps: 3 });
  await page.mouse.up();
  expect(await middle(card(page, 'MCconv 1'))).toEqual(start);
  expect(await selected(page)).toEqual(['MCconv 1']);

  const other = await middle(card(page, 'MCconv 2'));
  await page.keyboard.down('Shift');
  await pull(page, { x: other.x - 90, y: other.y + 50 }, { x: other.x + 90, y: other.y - 50 });
  await page.keyboard.press('Escape');
  await page.mouse.move(other.x + 95, other.y - 55);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  expect(await selected(page)).toEqual(['MCconv 1']);
  expect(await undo(page).getAttribute('aria-disabled')).toBe('true');
  expect(complaints()).toEqual([]);
});

it('the middle button drags the view, over cards too, and pastes nothing', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN on MNIST' }).first().click();
  await card(page, 'MCconv 1').waitFor();
  const start = await middle(card(page, 'MCconv 1'));
  for (const from of [start, { x: start.x + 60, y: start.y + 160 }]) {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(from.x + 30, from.y + 20, { steps: 3 });
    await page.mouse.up({ button: 'middle' });
    await page.mouse.move(from.x, from.y);
  }
  expect(await middle(card(page, 'MCconv 1'))).toEqual({ x: start.x + 60, y: start.y + 40 });
  expect(await selected(page)).toEqual([]);
  expect(await undo(page).getAttribute('aria-disabled')).toBe('true');
  await page.waitForTimeout(200);
  expect(await page.getByText('The clipboard holds no layers').count()).toBe(0);
  expect(complaints()).toEqual([]);
});

it('the view scrolls while something is pulled past its edge, and a connection ends beside it without a trace', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN on MNIST' }).first().click();
  await card(page, 'MCconv 1').waitFor();
  const leftOf = async (name: string): Promise<number> => (await middle(card(page, name))).x;
  const start = await leftOf('Input');
  const panel = await middle(inspector(page));

  // A card, which comes along and stays under the pointer.
  await pull(page, await middle(card(page, 'MCconv 1')), panel);
  await expect.poll(() => leftOf('Input')).toBeLessThan(start - 200);
  expect(Math.abs((await leftOf('MCconv 1')) - panel.x)).toBeLessThan(10);
  await page.keyboard.press('Escape');
  const stopped = await leftOf('Input');
  await page.waitForTimeout(200);
  expect(await leftOf('Input')).toBe(stopped);
  await page.mouse.up();

  // A selection box, which stays where it was begun.
  await page.keyboard.press('Shift+F');
  await expect.poll(() => leftOf('Input')).toBe(start);
  const first = await middle(card(page, 'Input'));
  await page.keyboard.down('Shift');
  await pull(page, { x: first.x - 90, y: first.y - 50 }, { x: panel.x, y: first.y + 50 });
  await expect.poll(() => leftOf('Input')).toBeLessThan(start - 200);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.keyboard.press('Shift+F');
  await expect.poll(() => selected(page)).toEqual(expect.arrayContaining(['Input', 'MCconv 1', 'MCconv 2']));

  // A new connection, and the end of one: beside the canvas neither changes anything, in empty space the end is taken out.
  const labels = await cardLabels(page);
  for (const side of ['output', 'in'] as const) {
    await page.keyboard.press('Shift+F');
    await expect.poll(() => leftOf('Input')).toBe(start);
    await pull(page, await port(page, 'MCconv 2', side), panel);
    await page.mouse.up();
    expect(await page.getByRole('combobox', { name: 'Add a layer' }).count()).toBe(0);
    expect(await cardLabels(page)).toEqual(labels);
  }
  await page.keyboard.press('Shift+F');
  await expect.poll(() => leftOf('Input')).toBe(start);
  const input = await port(page, 'MCconv 2', 'in');
  await pull(page, input, { x: input.x - 20, y: input.y + 70 });
  await page.getByText('Let go to disconnect.').first().waitFor();
  await page.mouse.up();
  await card(page, 'MCconv 2, .*needs an input').waitFor();
  await page.keyboard.press('Control+z');
  await expect.poll(() => cardLabels(page)).toEqual(labels);
  expect(complaints()).toEqual([]);
});
