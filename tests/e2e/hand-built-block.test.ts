import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chain } from '@shared/graph/chain';
import type { GraphDocument } from '@shared/graph/document';
import { lower } from '@shared/network/lower';
import { card, fillIn, newDesign, projectIn, save, typeLayer, untilDone, wire } from './design-room';
import { openStudio } from './studio-window';

const BLOCK = ['BatchNorm', 'ReLU', 'Conv 2', 'BatchNorm 2', 'ReLU 2', 'Conv 3', 'Add'];

/** What a design computes, whatever its layers are called. */
function computed(document: GraphDocument): unknown[] {
  const { nodes } = lower(document, 'mcn').network!;
  const places = new Map(nodes.map(({ id }, index) => [id, index]));
  return nodes.map(({ type, values, inputs, shape }) => ({
    type,
    values,
    inputs: inputs.map((id) => places.get(id)),
    shape,
  }));
}

/** The same network with the block that the studio has: n of them in a stage of 80 channels. */
function withStage(blocks: number): GraphDocument {
  return chain([
    ['in', 'input', 'Input'],
    ['conv', 'conv', 'Conv'],
    ['stage', 'stage', 'Stage', { block: 'wrn-basic', blocks, maps: 20 }],
    ['gap', 'globalavgpool', 'Pool'],
    ['fc', 'dense', 'Dense'],
    ['out', 'output', 'Output'],
  ]);
}

/** The trunk by typing; Add stands alone until its two branches are drawn to it. */
async function build(page: Page): Promise<void> {
  for (const typed of ['inp', 'conv', 'batch', 'relu', 'conv', 'batch', 'relu', 'conv', 'add'])
    await typeLayer(page, typed);
  for (const typed of ['global', 'dense', 'outp']) await typeLayer(page, typed);
  await page.keyboard.press('Shift+F');
  await wire(page, 'Conv 3', 'Add');
  await wire(page, 'Conv', 'Add');
  await card(page, 'Add, .*gives 32×32×80').waitFor();
}

it('a WRN block is built by hand, grouped, repeated and collapsed; all of it is undone and done again', async () => {
  const { home, page, complaints } = await openStudio();
  await newDesign(page);
  const empty = await save(page, home);
  await build(page);

  const [first, ...others] = BLOCK;
  await card(page, first!).click();
  for (const name of others) await card(page, name).click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await fillIn(page, 'Name of the group', 'WRN block');
  await fillIn(page, 'Repeat', 4);
  await page.getByRole('button', { name: 'Collapse WRN block' }).click();
  await card(page, 'Add').waitFor({ state: 'detached' });
  expect(await card(page, 'WRN block').innerText()).toContain('7 layers × 4');

  const built = await save(page, home);
  expect(computed(projectIn(built).document)).toEqual(computed(withStage(4)));

  const steps = await untilDone(page, 'Undo');
  await page.getByText('An empty design').waitFor();
  expect(await save(page, home)).toBe(empty);
  expect(await untilDone(page, 'Redo')).toBe(steps);
  expect(await save(page, home)).toBe(built);
  expect(complaints()).toEqual([]);
});
