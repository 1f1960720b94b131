import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { frameTimes, type FrameTimes } from './frame-times';
import { aCard, aPaintedCard, dragging, emptyPlace, stage, wheel } from './gestures';

/** How the frames follow one another in what people do on a canvas, by what they do. */
export interface CanvasTimes {
  zoom: FrameTimes;
  pan: FrameTimes;
  'drag a card': FrameTimes;
}

/** The same of several cards at once. */
export interface SelectionTimes {
  'select by a box': FrameTimes;
  'drag the selection': FrameTimes;
}

/** The same of what is done by keys. */
export interface KeyTimes {
  'select by arrows': FrameTimes;
  'type in a field': FrameTimes;
}

async function fit(page: Page): Promise<void> {
  await page.getByRole('toolbar', { name: 'Canvas' }).getByRole('button', { name: 'Fit' }).click();
  await page.waitForTimeout(300);
}

/** Takes back what was done on the canvas; a gesture that did nothing measured nothing. */
async function undo(page: Page): Promise<void> {
  const button = page.getByRole('toolbar', { name: 'Canvas' }).getByRole('button', { name: /^Undo/ });
  await expect.poll(() => button.getAttribute('aria-disabled')).not.toBe('true');
  await page.keyboard.press('Control+z');
  await page.waitForTimeout(300);
}

/** Zooms in on all of the design until cards are elements of the page: then about a hundred are in sight. */
async function comeNear(page: Page): Promise<void> {
  await fit(page);
  for (let steps = 0; steps < 40; steps += 1) {
    if ((await page.locator('[data-node]').count()) > 20) return;
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.waitForTimeout(200);
  }
}

/** Frames everything from a place up to the right. */
async function boxing(page: Page, moves: number): Promise<FrameTimes> {
  const { right, top } = await stage(page);
  const from = await emptyPlace(page);
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const times = await frameTimes(page, async () => {
    for (let move = 1; move <= moves; move += 1) {
      const share = move / moves;
      await page.mouse.move(from.x + (right - from.x) * share, from.y + (top - from.y) * share);
      await page.waitForTimeout(8);
    }
  });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.waitForTimeout(300);
  return times;
}

/** Zooms, pans and drags a card on the canvas of an open design, `moves` moves of the pointer each. What it moves it undoes. */
export async function canvasTimes(page: Page, moves: number): Promise<CanvasTimes> {
  await fit(page);
  const zoom = await frameTimes(page, async () => {
    await wheel(page, -20, moves);
    await wheel(page, 20, moves);
  });
  await comeNear(page);
  const pan = await dragging(page, await emptyPlace(page), moves);
  const card = await dragging(page, await aCard(page), moves);
  await undo(page);
  return { zoom, pan, 'drag a card': card };
}

/** Frames what is in sight and drags it; `selected` says how many cards that were. What it moves it undoes. */
export async function selectionTimes(
  page: Page,
  moves: number,
): Promise<{ selected: number; times: SelectionTimes }> {
  const box = await boxing(page, moves);
  const selected = await page.locator('[data-node][aria-selected=true]').count();
  const selection = await dragging(page, await aCard(page, true), moves);
  await undo(page);
  return { selected, times: { 'select by a box': box, 'drag the selection': selection } };
}

/** The same of cards that are painted, with all of the design in sight. */
export interface FarTimes {
  'drag a card from far': FrameTimes;
  'drag all from far': FrameTimes;
}

/** Drags a card, and then all of them, with the whole of a large design in sight. What it moves it undoes. */
export async function farTimes(page: Page, moves: number): Promise<FarTimes> {
  await fit(page);
  const at = await aPaintedCard(page);
  // A card that is not selected: what comes with selecting it belongs to the drag.
  await page.keyboard.press('Escape');
  const card = await dragging(page, at, moves);
  await undo(page);
  await page.keyboard.press('Control+a');
  await page.waitForTimeout(300);
  const all = await dragging(page, at, moves);
  await undo(page);
  await page.keyboard.press('Escape');
  return { 'drag a card from far': card, 'drag all from far': all };
}

declare global {
  interface Window {
    editTimes?: number[];
  }
}

/** From here on notes in window.editTimes how long each change of a field takes, from its event until all that follows from it is worked out and on the page. */
async function noteEdits(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    window.editTimes = times;
    let began = 0;
    const begin = (): void => {
      began = performance.now();
    };
    // What Vue does is done when the listeners of the elements have returned, and before this one is called.
    const end = (): void => {
      times.push(performance.now() - began);
    };
    addEventListener('input', begin, { capture: true });
    addEventListener('input', end);
  });
}

/**
 * Goes along the connections by arrows, and types numbers into a field of the last layer with weights, so often each. `edits` says how many
 * milliseconds each number took.
 */
export async function keyTimes(page: Page, presses: number): Promise<{ times: KeyTimes; edits: number[] }> {
  await comeNear(page);
  const { x, y } = await aCard(page);
  await page.mouse.click(x, y);
  const arrows = await frameTimes(page, async () => {
    for (let press = 0; press < presses; press += 1) {
      await page.keyboard.press(press % 12 < 6 ? 'ArrowRight' : 'ArrowLeft');
      await page.waitForTimeout(30);
    }
  });
  await page.keyboard.press('Control+f');
  await page.getByRole('combobox', { name: 'Find a layer' }).fill('dense fc');
  await page.keyboard.press('Enter');
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('textbox', { name: /^Units/ });
  await field.click();
  await noteEdits(page);
  const typing = await frameTimes(page, async () => {
    for (let press = 0; press < presses; press += 1) {
      await page.keyboard.press('Control+a');
      await page.keyboard.press(String(1 + (press % 9)));
      await page.waitForTimeout(30);
    }
  });
  await undo(page);
  const edits = await page.evaluate(() => window.editTimes!);
  return { times: { 'select by arrows': arrows, 'type in a field': typing }, edits };
}
