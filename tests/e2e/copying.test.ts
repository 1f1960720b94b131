import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { findPreset } from '@shared/network/presets';
import { card, cardLabels, cardNames, fillIn, projectIn, save } from './design-room';
import { openStudio } from './studio-window';

/** Presses the other button of the mouse on a card, or with null where nothing is, and takes an entry of the menu. */
async function fromMenu(page: Page, on: string | null, command: string): Promise<void> {
  if (on === null) {
    const budget = (await page.getByRole('region', { name: 'Byte budget' }).boundingBox())!;
    await page.mouse.click(budget.x + 200, budget.y - 60, { button: 'right' });
  } else await card(page, on).click({ button: 'right' });
  await page.getByRole('menuitem', { name: new RegExp(`^${command}`) }).click();
}

/** Groups the first two stages of MCN-20, as a person does. */
async function groupStages(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'MCN-20' }).first().click();
  await card(page, 'Stage 1').click();
  await card(page, 'Stage 2').click({ modifiers: ['Shift'] });
  await fromMenu(page, 'Stage 2', 'Group the selection');
  await fillIn(page, 'Name of the group', 'Trunk');
  await fillIn(page, 'Repeat', 2);
  await card(page, 'Trunk').click();
}

/** Begins a new project in the place of the open one, whose changes go. */
async function startAnew(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'MCN Studio: go to Welcome' }).click();
  await page
    .getByRole('region', { name: 'Projects' })
    .getByRole('button', { name: 'New', exact: true })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }).click();
  await page.getByText('An empty design').waitFor();
}

/** What was copied, without what is the new design's own business: places. */
function copied({ nodes, edges }: GraphDocument): unknown {
  return {
    nodes: nodes.map(({ name, type, fields, parent }) => ({ name, type, fields, parent })),
    edges: edges.map(({ from, to, port }) => ({ from, to, port })),
  };
}

it('layers and groups are copied to another project in the same window, and cut and pasted from window to window', async () => {
  const { home, page, url, context, complaints } = await openStudio();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
  await groupStages(page);
  await page.keyboard.press('Control+c');
  await startAnew(page);
  await page.keyboard.press('Control+v');
  await card(page, 'Trunk').waitFor();
  const [stage1, stage2] = findPreset('mcn-20')!.document.nodes.filter(({ type }) => type === 'stage');
  const { document } = projectIn(await save(page, home));
  expect(copied(document)).toEqual({
    nodes: [
      { name: 'Trunk', type: 'group', fields: { repeat: 2 }, parent: undefined },
      { name: 'Stage 1', type: 'stage', fields: stage1!.fields, parent: 'group' },
      { name: 'Stage 2', type: 'stage', fields: stage2!.fields, parent: 'group' },
    ],
    edges: [{ from: 'stage1', to: 'stage2', port: 'in' }],
  });
  await page.keyboard.press('Control+v');
  await card(page, 'Trunk 2').waitFor();
  expect(await cardNames(page)).toEqual(['Stage 1', 'Stage 2', 'Stage 3', 'Stage 4', 'Trunk', 'Trunk 2']);

  const other = await context.newPage();
  await other.goto(url);
  await other.getByRole('button', { name: 'MCN on MNIST' }).click();
  await card(other, 'MCconv 1').waitFor();
  const template = await cardLabels(other);
  await page.bringToFront();
  await fromMenu(page, 'Trunk 2', 'Cut');
  await card(page, 'Trunk 2').waitFor({ state: 'detached' });
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ format: 'mcn-studio/layers' });

  await other.bringToFront();
  await fromMenu(other, null, 'Paste');
  await card(other, 'Trunk 2').waitFor();
  expect(await cardLabels(other)).toHaveLength(template.length + 3);
  await other.keyboard.press('Control+z');
  await expect.poll(() => cardLabels(other)).toEqual(template);

  await other.evaluate(() => navigator.clipboard.writeText('no layers'));
  await other.keyboard.press('Control+v');
  await other.getByText('The clipboard holds no layers.').waitFor();
  expect(await cardLabels(other)).toEqual(template);
  expect(complaints()).toEqual([]);
});
