import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { card, middle, port, type Point } from './design-room';
import { openStudio } from './studio-window';

/** The token of the theme whose colour is painted for connections at a place of the window; null: nothing is. */
function painted(page: Page, { x, y }: Point): Promise<string | null> {
  return page.evaluate(
    ([x, y]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.canvas > canvas')!;
      const { left, top } = canvas.getBoundingClientRect();
      // A line covers the pixels at its sides in part. Read from a copy: the canvas itself would be told to be read often.
      const copy = new OffscreenCanvas(1, 3).getContext('2d', { willReadFrequently: true })!;
      copy.drawImage(canvas, Math.floor(x! - left), Math.floor(y! - top) - 1, 1, 3, 0, 0, 1, 3);
      const { data } = copy.getImageData(0, 0, 1, 3);
      const rows = [0, 4, 8].map((at) => [...data.slice(at, at + 4)]);
      const [red, green, blue, alpha] = rows.toSorted((a, b) => b[3]! - a[3]!)[0]!;
      if (alpha! < 100) return null;
      const style = getComputedStyle(document.body);
      const apart = (token: string): number => {
        const text = style.getPropertyValue(token).trim();
        const wanted = [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
        return Math.max(...wanted.map((value, index) => Math.abs(value - [red, green, blue][index]!)));
      };
      return ['--wire', '--text-2'].find((token) => apart(token) < 8) ?? `${red} ${green} ${blue}`;
    },
    [x, y],
  );
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
