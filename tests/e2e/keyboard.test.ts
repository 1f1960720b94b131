import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { card, cardLabels, cardNames, inspector } from './design-room';
import { openStudio } from './studio-window';

/** What a screen reader says of what has the keyboard. */
function heard(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    const at = activeElement?.getAttribute('aria-activedescendant');
    const said = (at && document.getElementById(at)) || activeElement;
    return said?.ariaLabel ?? said?.textContent.trim() ?? '';
  });
}

async function hears(page: Page, words: RegExp): Promise<void> {
  await expect.poll(() => heard(page), { timeout: 20_000 }).toMatch(words);
}

/** Types the name of a layer on the canvas and takes the first one found, which then has the keyboard. */
async function add(page: Page, typed: string, words: RegExp): Promise<void> {
  await page.keyboard.press(typed.charAt(0));
  await page.getByRole('combobox', { name: 'Add a layer' }).waitFor();
  await page.keyboard.type(typed.slice(1));
  await page.keyboard.press('Enter');
  await hears(page, words);
}

/** Presses keys one after the other. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Search or run a command').waitFor();
  await page.keyboard.type(command);
  await page.getByRole('option', { name: command }).first().waitFor();
  await page.keyboard.press('Enter');
}

async function emptyDesign(page: Page): Promise<void> {
  await page.keyboard.press('Alt+n');
  await page.getByText('An empty design').waitFor();
}

describe('without a mouse', () => {
  it('a network is built, cut, connected, renamed, grouped and moved; undone to nothing and done again', async () => {
    const { page, complaints } = await openStudio();
    await emptyDesign(page);
    await add(page, 'input', /^Input, /);
    await add(page, 'mcc', /^MCconv, .*gives 32×32×80/);
    await add(page, 'global', /^GlobalAvgPool, .*gives 80/);
    await add(page, 'dense', /^Dense, /);
    await add(page, 'outp', /^Output, /);

    // Along the connections, one of which is cut and drawn again.
    await press(page, 'ArrowLeft', 'ArrowLeft');
    await hears(page, /^GlobalAvgPool, /);
    await press(page, '.');
    await hears(page, /^Connection from GlobalAvgPool to Dense, 80, 80 values, 320 B/);
    await inspector(page).getByText('320 B').waitFor();
    await press(page, 'Delete');
    await hears(page, /^GlobalAvgPool, /);
    await press(page, 'F8');
    await hears(page, /^Dense, .*Error: Dense needs an input/);
    await press(page, 'Shift+F8');
    await run(page, 'Find a layer of the design');
    await page.getByRole('combobox', { name: 'Find a layer' }).waitFor();
    await page.keyboard.type('global');
    await press(page, 'Enter');
    await page.getByRole('combobox', { name: 'Find a layer' }).waitFor({ state: 'detached' });
    await hears(page, /^GlobalAvgPool, /);
    await press(page, 'Shift+c');
    await page
      .getByRole('status')
      .filter({ hasText: 'Connect GlobalAvgPool to Dense' })
      .waitFor({ state: 'attached' });
    await press(page, 'Enter');
    await hears(page, /^GlobalAvgPool, .*gives 80/);
    await card(page, 'Dense, .*gives 10').waitFor();

    // Renamed in the inspector, and back.
    await press(page, 'ArrowLeft', 'F2');
    await hears(page, /^Name of the layer/);
    await page.keyboard.type('Stem');
    await press(page, 'Enter', 'Escape');
    await hears(page, /^Stem, MCconv/);

    // Several selected, grouped, closed, moved.
    await press(page, 'Shift+ArrowRight', 'Control+g');
    await hears(page, /^Group, 2 layers, .*expanded/);
    await press(page, 'Shift+E');
    await hears(page, /^Group, 2 layers, (?!.*expanded)/);
    await press(page, 'Alt+ArrowDown', 'Alt+ArrowDown');

    const built = await cardLabels(page);
    expect(await cardNames(page)).toEqual(['Dense', 'Group', 'Input', 'Output']);
    expect(built.filter((label) => /Error|Warning/.test(label))).toEqual([]);
    let steps = 0;
    while (!(await page.getByText('An empty design').isVisible())) {
      await press(page, 'Control+z');
      steps += 1;
      expect(steps).toBeLessThan(30);
    }
    for (let step = 0; step < steps; step += 1) await press(page, 'Control+Shift+z');
    await expect.poll(() => cardLabels(page)).toEqual(built);
    expect(complaints()).toEqual([]);
  });

  it('the outline is gone through, opened, renamed in, and has the selection of the canvas', async () => {
    const { page, complaints } = await openStudio();
    await page.getByRole('button', { name: 'MCN-20' }).press('Enter');
    await card(page, 'Stage 1').waitFor();
    await press(page, 'Shift+O');
    await hears(page, /^Input, /);
    const tree = page.getByRole('tree', { name: 'Outline of the design' });
    expect(await tree.getByRole('treeitem').count()).toBe(10);
    await press(page, 's', 's');
    await hears(page, /^Stage 2, /);
    await press(page, 'ArrowRight', 'ArrowRight');
    await hears(page, /^block 1, /);
    await press(page, 'ArrowRight', 'ArrowRight');
    await hears(page, /^BatchNorm 1, .*reads/);
    expect(await tree.getByRole('treeitem', { name: /^BatchNorm 1/ }).getAttribute('aria-level')).toBe('3');
    await page.locator('[data-node="stage2/block1/add"]').waitFor();
    await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await hears(page, /^Stage 2, /);
    await press(page, 'ArrowLeft');
    await page.locator('[data-node="stage2/block1"]').waitFor({ state: 'detached' });

    // A range on both sides; a new name in its place; the connections of a layer.
    await press(page, 'Shift+ArrowDown');
    await expect.poll(() => page.locator('[data-node][aria-selected="true"]').count()).toBe(2);
    await press(page, 'ArrowDown', 'F2');
    await hears(page, /^New name of BatchNorm/);
    await page.keyboard.type('Norm');
    await press(page, 'Enter');
    await hears(page, /^Norm, BatchNorm/);
    await card(page, 'Norm').waitFor();
    await press(page, 'ArrowRight', 'ArrowRight');
    await hears(page, /^Connection from Stage 3 to Norm, 8×8×256/);
    await press(page, 'Enter');
    await hears(page, /^Connection from Stage 3 to Norm/);
    await press(page, 'ArrowRight');
    await hears(page, /^Norm, BatchNorm.*gives/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('option');

    // From part to part of the room.
    await press(page, 'F6');
    await hears(page, /^Name of the layer|^Name/);
    await press(page, 'F6');
    await hears(page, /^Norm, /);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree');
    await run(page, 'Colour by exported bytes');
    await page.getByRole('group', { name: 'Scale of the colours' }).getByText('log').waitFor();
    await card(page, 'Norm, .*Exported bytes: 4.10 kB').waitFor();
    expect(complaints()).toEqual([]);
  });
});
