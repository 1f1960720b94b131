import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { lower } from '@shared/network/lower';
import { findPreset } from '@shared/network/presets';
import {
  card,
  cardLabels,
  choose,
  doubleClick,
  fillIn,
  middle,
  newDesign,
  port,
  projectIn,
  pull,
  save,
  typeLayer,
  wire,
} from './design-room';
import { openStudio } from './studio-window';
import { legend, runRegion, setRecipe, waitForState, waitForStepsBeyond } from './train-room';

/** The layers of a design as they are computed, told by names alone: ids are nobody's business. */
function layers(document: GraphDocument): unknown[] {
  const { nodes } = lower(document, 'mcn').network!;
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return nodes.map(({ type, name, values, inputs, shape }) => ({
    type,
    name,
    values,
    inputs: inputs.map((id) => names.get(id)),
    shape,
  }));
}

/** Input and the first layer, by double clicks and a connection drawn between them. */
async function drawStart(page: Page): Promise<void> {
  const canvas = (await page.getByRole('region', { name: 'Byte budget' }).boundingBox())!;
  await doubleClick(page, canvas.x + 90, 150);
  await choose(page, 'input');
  await doubleClick(page, canvas.x + 340, 150);
  await choose(page, 'mcc');
  await fillIn(page, 'Name of the layer', 'MCconv 1');
  await wire(page, 'Input', 'MCconv 1');
  await card(page, 'MCconv 1, .*gives 32×32×80').waitFor();
}

/** Lets a connection go in empty space under its card, and chooses what comes next. */
async function dropInSpace(page: Page, from: string, typed: string): Promise<void> {
  const start = await port(page, from, 'output');
  await pull(page, start, { x: start.x + 40, y: start.y + 130 });
  await page.mouse.up();
  await choose(page, typed);
}

/** Adds a layer behind the selected one: found by the palette's search, and double-clicked there. */
async function addFromPalette(page: Page, typed: string, label: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(typed);
  await page.getByRole('button', { name: `Add ${label}.` }).dblclick();
}

/** Drags a layer from the palette onto the connection behind a card. */
async function dragInto(page: Page, label: string, behind: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search layers' }).fill('');
  const start = await middle(page.getByRole('button', { name: `Add ${label}.` }));
  const line = await port(page, behind, 'output');
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(line.x, line.y + 120, { steps: 5 });
  await page.mouse.move(line.x + 10, line.y, { steps: 5 });
  await page.mouse.up();
  await card(page, label).waitFor();
}

it('the network of Fig. 8 is built from an empty canvas and trained', async () => {
  const { home, page, complaints } = await openStudio();
  await newDesign(page);
  await drawStart(page);
  await dropInSpace(page, 'MCconv 1', 'bn');
  await fillIn(page, 'Name of the layer', 'BN · ReLU · Pool 1');
  await card(page, 'BN · ReLU · Pool 1').click();
  for (const [index, maps] of [40, 80, 160].entries()) {
    await typeLayer(page, 'mcc');
    await fillIn(page, 'Feature maps', maps);
    await card(page, `MCconv ${index + 2}`).click();
    await typeLayer(page, 'bn');
  }
  await addFromPalette(page, 'flat', 'Flatten');
  await addFromPalette(page, 'dense', 'Dense');
  await fillIn(page, 'Units', 1024);
  await fillIn(page, 'Name of the layer', 'Dense 1');
  await card(page, 'Dense 1').click();
  for (const typed of ['relu', 'dense', 'outp']) await typeLayer(page, typed);
  await dragInto(page, 'Dropout', 'ReLU');
  expect((await cardLabels(page)).filter((label) => /Error|Warning/.test(label))).toEqual([]);

  const { document } = projectIn(await save(page, home));
  expect(layers(document)).toEqual(layers(findPreset('mcn-mnist')!.document));

  await page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
  await setRecipe(page, {
    'Training images': 300,
    'Test images': 100,
    Batch: 15,
    Epochs: 2,
    'Filter rate': 0.01,
  });
  await runRegion(page).getByRole('button', { name: 'Train', exact: true }).click();
  await waitForStepsBeyond(page, 0);
  const early = await legend(page, 'Loss');
  await waitForState(page, /^finished: .* of the test images right, with binary filters$/);
  const late = await legend(page, 'Loss');
  expect(Number(late.softmax)).toBeLessThan(0.9 * Number(early.softmax));
  const accuracy = await legend(page, 'Accuracy');
  expect(Number.parseFloat(accuracy.test!)).toBeGreaterThan(20);
  expect(complaints()).toEqual([]);
});
