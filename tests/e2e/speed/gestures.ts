import type { Page } from 'playwright-core';
import { frameTimes, type FrameTimes } from './frame-times';

interface Point {
  x: number;
  y: number;
}

/** Where the canvas is, without what floats over its edges. */
export async function stage(
  page: Page,
): Promise<{ left: number; top: number; right: number; bottom: number }> {
  const { x, y, width, height } = (await page.locator('.canvas').boundingBox())!;
  return { left: x + 20, top: y + 70, right: x + width - 180, bottom: y + height - 120 };
}

/** The middle of a card in sight; `selected`: of one that is selected. */
export async function aCard(page: Page, selected = false): Promise<Point> {
  const { left, top, right, bottom } = await stage(page);
  const boxes = await page
    .locator(`[data-node]${selected ? '[aria-selected=true]' : ''}`)
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
  const middles = boxes.map((box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 }));
  const found = middles.find(({ x, y }) => x > left && x < right && y > top && y < bottom);
  if (!found) throw new Error('There is no such card in sight');
  return found;
}

/** Presses on a card that is painted, as cards are from far, which selects it; says where. */
export async function aPaintedCard(page: Page): Promise<Point> {
  const selected = page.locator('[data-node][aria-selected=true]');
  const { left, top, right, bottom } = await stage(page);
  for (let share = 0.3; share < 0.6; share += 0.007) {
    const at = { x: left + (right - left) * share, y: top + (bottom - top) * share };
    await page.mouse.click(at.x, at.y);
    if ((await selected.count()) === 0) continue;
    // The next press is none of a double-click.
    await page.waitForTimeout(500);
    return at;
  }
  throw new Error('There is no painted card under the pointer');
}

/** A place of the canvas where no card is. */
export async function emptyPlace(page: Page): Promise<Point> {
  const area = await stage(page);
  return page.evaluate(({ left, top, right, bottom }) => {
    for (let y = bottom; y > top; y -= 7) {
      for (let x = left; x < right; x += 11) {
        const hit = document.elementFromPoint(x, y);
        if (hit && !hit.closest('[data-node]') && hit.closest('.canvas')) return { x, y };
      }
    }
    throw new Error('There is no empty place in sight');
  }, area);
}

/** The frames while something is dragged from a place, in so many moves as a hand makes them. */
export async function dragging(page: Page, from: Point, moves: number): Promise<FrameTimes> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const times = await frameTimes(page, async () => {
    for (let move = 1; move <= moves; move += 1) {
      await page.mouse.move(from.x + 3 * move, from.y + 40 * Math.sin(move / 8));
      await page.waitForTimeout(8);
    }
  });
  await page.mouse.up();
  return times;
}

/** Turns the wheel over the middle of the canvas; negative steps zoom in. */
export async function wheel(page: Page, delta: number, steps: number): Promise<void> {
  const { left, top, right, bottom } = await stage(page);
  await page.mouse.move((left + right) / 2, (top + bottom) / 2);
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, delta);
    await page.waitForTimeout(8);
  }
}
