import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  card,
  cardLabels,
  cardNames,
  choose,
  doubleClick,
  inspector,
  middle,
  port,
  pull,
  untilDone,
  wire,
} from './design-room';
import { openStudio } from './studio-window';

const TEMPLATE = 'MCN on MNIST';

/** Opens the template and gives the keyboard to its first card. */
async function openDesign(page: Page): Promise<void> {
  await page.getByRole('button', { name: TEMPLATE }).click();
  await card(page, 'MCconv 1').waitFor();
}

const BUILT = ['Dense', 'GlobalAvgPool', 'Input', 'MCconv', 'Output'];

describe('the canvas', () => {
  it('a network is built with the mouse, undone and redone as a whole, and copied to another project', async () => {
    const { page, url, context, complaints } = await openStudio();
    await openDesign(page);
    const template = await cardLabels(page);
    await card(page, 'MCconv 1').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.getByText('An empty design').waitFor();

    const canvas = (await page.getByRole('region', { name: 'Byte budget' }).boundingBox())!;
    const left = canvas.x + 90;
    await doubleClick(page, left, 180);
    await choose(page, 'input');
    await doubleClick(page, left + 260, 180);
    await choose(page, 'mcc');
    await wire(page, 'Input', 'MCconv');
    await card(page, 'MCconv, .*gives 32×32×80').waitFor();

    // Let go of in empty space, a connection asks for the layer that it leads to.
    await pull(page, await port(page, 'MCconv', 'output'), { x: left + 460, y: 260 });
    await page.mouse.up();
    await choose(page, 'global');
    await card(page, 'GlobalAvgPool, .*gives 80').waitFor();

    await page.mouse.dblclick(left + 380, 420);
    await choose(page, 'outp');
    const out = await middle(card(page, 'Output'));
    await pull(page, await port(page, 'MCconv', 'output'), out);
    await page
      .getByRole('status')
      .filter({ hasText: 'Output reads one value per class' })
      .waitFor({ state: 'attached' });
    expect(await card(page, 'Output').evaluate((one) => getComputedStyle(one).opacity)).not.toBe('1');
    await page.mouse.up();
    expect(await card(page, 'Output').getAttribute('aria-label')).toContain('needs an input');

    // Dragged from the palette onto a connection, a layer is put into it.
    await wire(page, 'GlobalAvgPool', 'Output');
    const from = await port(page, 'GlobalAvgPool', 'output');
    const line = page.getByRole('button', { name: /^Add Dense/ });
    const start = await middle(line);
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y + 120, { steps: 5 });
    await page.mouse.move(from.x + 10, from.y, { steps: 5 });
    await page.mouse.up();
    await card(page, 'Dense, .*gives 10').waitFor();

    const built = await cardLabels(page);
    expect(await cardNames(page)).toEqual(BUILT);
    expect(built.filter((label) => /Error|Warning/.test(label))).toEqual([]);
    const steps = await untilDone(page, 'Undo');
    expect(await cardLabels(page)).toEqual(template);
    expect(await untilDone(page, 'Redo')).toBe(steps);
    expect(await cardLabels(page)).toEqual(built);

    await card(page, 'Dense').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    const other = await context.newPage();
    await other.goto(url);
    await openDesign(other);
    await card(other, 'MCconv 1').click();
    await other.keyboard.press('Control+v');
    await expect.poll(async () => (await cardLabels(other)).length).toBe(template.length + BUILT.length);
    await other.keyboard.press('Control+z');
    await expect.poll(() => cardLabels(other)).toEqual(template);
    expect(complaints()).toEqual([]);
  });

  it('a network is built, taken apart and connected with the keyboard alone', async () => {
    const { page, complaints } = await openStudio();
    await openDesign(page);
    for (let tabs = 0; tabs < 80; tabs += 1) {
      if (await page.evaluate(() => document.activeElement?.closest('[role=listbox]') !== null)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.getByText('An empty design').waitFor();
    for (const typed of ['input', 'mcconv', 'global', 'dense', 'output']) {
      // The first letter opens the list.
      await page.keyboard.press(typed.charAt(0));
      await choose(page, typed.slice(1));
    }
    expect(await cardNames(page)).toEqual(BUILT);
    const built = await cardLabels(page);
    expect(built.filter((label) => /Error|Warning/.test(label))).toEqual([]);

    // Back to MCconv, loose, and connected again at both ends.
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+D');
    await card(page, 'MCconv, .*needs an input').waitFor();
    await page.keyboard.press('Shift+C');
    const status = page.getByRole('status').filter({ hasText: 'Arrow keys choose' });
    await status.waitFor({ state: 'attached' });
    for (let turns = 0; turns < 4; turns += 1) {
      if ((await status.innerText()).startsWith('Connect MCconv to GlobalAvgPool')) break;
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+f');
    await page.getByRole('combobox', { name: 'Find a layer' }).waitFor();
    await page.keyboard.type('input');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-node')))
      .toBe('input');
    await page.keyboard.press('Shift+C');
    for (let turns = 0; turns < 4; turns += 1) {
      if ((await status.innerText()).startsWith('Connect Input to MCconv')) break;
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => cardLabels(page)).toEqual(built);

    await page.keyboard.press('Control+d');
    await expect.poll(() => cardNames(page)).toEqual([...BUILT, 'Input 2'].sort());
    await page.keyboard.press('Delete');
    await untilDone(page, 'Undo');
    await card(page, 'MCconv 4').waitFor();
    expect(complaints()).toEqual([]);
  });

  it('what is typed in the inspector is undone and redone as the step that it was', async () => {
    const { page, complaints } = await openStudio();
    await openDesign(page);
    await card(page, 'MCconv 1').click();
    const template = await cardLabels(page);
    const undo = page.getByRole('toolbar', { name: 'Canvas' }).getByRole('button', { name: 'Undo' });
    const done = (): Promise<string | null> => undo.getAttribute('title');
    const maps = inspector(page).getByRole('textbox', { name: 'Feature maps' });
    await maps.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('64');
    await page.keyboard.press('Enter');
    const wide = await cardLabels(page);
    await page.keyboard.press('Control+z');
    await expect.poll(() => maps.inputValue()).toBe('10');
    expect(await cardLabels(page)).toEqual(template);
    expect(await undo.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Control+y');
    await expect.poll(() => maps.inputValue()).toBe('64');
    expect(await cardLabels(page)).toEqual(wide);

    // What does not fit goes first, and alone.
    await page.keyboard.type('many');
    await page.keyboard.press('Control+z');
    await expect.poll(() => maps.inputValue()).toBe('64');
    expect(await done()).toContain('feature maps of MCconv 1');

    await card(page, 'MCconv 2').click();
    await page.keyboard.press('F2');
    const name = inspector(page).getByRole('textbox', { name: 'Name of the layer' });
    await page.keyboard.type('Head');
    await page.keyboard.press('Enter');
    await card(page, 'Head').waitFor();
    await page.keyboard.press('Control+z');
    await card(page, 'MCconv 2').waitFor();
    expect(await name.inputValue()).toBe('MCconv 2');
    expect(await done()).toContain('feature maps of MCconv 1');
    // A name that nobody has confirmed yet is undone, too, and can be had again.
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Head');
    await page.keyboard.press('Control+z');
    await expect.poll(() => name.inputValue()).toBe('MCconv 2');
    await page.keyboard.press('Control+Shift+z');
    await card(page, 'Head').waitFor();
    expect(await name.inputValue()).toBe('Head');

    // Elsewhere the text is all there is to undo.
    const search = page.getByRole('searchbox', { name: 'Search layers' });
    await search.click();
    await page.keyboard.type('conv');
    await page.keyboard.press('Control+z');
    await expect.poll(() => search.inputValue()).not.toBe('conv');
    expect(await done()).toContain('rename MCconv 2');
    expect(complaints()).toEqual([]);
  });

  it('undo goes back to what was selected, and shows what it has changed far away', async () => {
    const { page, complaints } = await openStudio();
    await openDesign(page);
    await card(page, 'MCconv 3').click();
    const at = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.getAttribute('data-node'));
    const selected = page.locator('[data-node][aria-selected=true]');
    await page.keyboard.press('Control+d');
    await card(page, 'MCconv 5').waitFor();
    await page.keyboard.press('Control+z');
    await card(page, 'MCconv 5').waitFor({ state: 'detached' });
    expect(await selected.getAttribute('data-node')).toBe('mc3');
    await expect.poll(at).toBe('mc3');

    await page.keyboard.press('Alt+ArrowDown');
    const moved = await card(page, 'MCconv 3').boundingBox();
    const free = await middle(page.getByRole('region', { name: 'Byte budget' }));
    for (let pulls = 0; pulls < 4; pulls += 1) {
      await pull(page, { x: free.x, y: free.y - 100 }, { x: free.x, y: 140 });
      await page.mouse.up();
    }
    const gone = (await card(page, 'MCconv 3').boundingBox())!;
    expect(gone.y + gone.height).toBeLessThan(0);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await card(page, 'MCconv 3').boundingBox())!.y).toBeGreaterThan(100);
    expect((await card(page, 'MCconv 3').boundingBox())!.width).toBe(moved!.width);
    expect(complaints()).toEqual([]);
  });
});
