import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Project } from '@shared/project/project';
import { readProject } from '@shared/project/read-project';

/** The card of a layer or group, or the bar of a frame. */
export function card(page: Page, name: string): Locator {
  return page.getByRole('option', { name: new RegExp(`^${name}(,|$)`) });
}

/** What every card says, problems and shapes included, sorted. */
export async function cardLabels(page: Page): Promise<string[]> {
  const labels = await page
    .locator('[data-node]')
    .evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''));
  return labels.sort();
}

/** The names on all cards, sorted. */
export async function cardNames(page: Page): Promise<string[]> {
  return (await cardLabels(page)).map((label) => label.split(',')[0]!).sort();
}

/** The panel on the right. */
export function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' });
}

/** A place in CSS pixels of the window. */
export interface Point {
  x: number;
  y: number;
}

/** The middle of what is seen of a part. */
export async function middle(part: Locator): Promise<Point> {
  const box = (await part.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where a port of a card is. */
export function port(page: Page, name: string, side: 'in' | 'output'): Promise<Point> {
  return middle(card(page, name).locator(`[data-port="${side}"]`));
}

/** Presses at one place, and moves to near another one in several steps, as a hand does. */
export async function pull(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2 + 30, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
}

/** Draws a connection; the pointer lets go a little beside the input, which draws it there. */
export async function wire(page: Page, from: string, to: string): Promise<void> {
  const end = await port(page, to, 'in');
  await pull(page, await port(page, from, 'output'), { x: end.x - 9, y: end.y + 7 });
  await page.mouse.up();
}

/** Chooses from the open list of layers. */
export async function choose(page: Page, typed: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Add a layer' }).waitFor();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Add a layer' }).waitFor({ state: 'detached' });
}

/** Adds a layer by typing its name on the canvas: behind the selected one, if there is one. */
export async function typeLayer(page: Page, typed: string): Promise<void> {
  await page.keyboard.press(typed.charAt(0));
  await choose(page, typed.slice(1));
}

/** Double-clicks the canvas until the list of layers is open: on a busy machine the two clicks may come too far apart to be one gesture. */
export async function doubleClick(page: Page, x: number, y: number): Promise<void> {
  const list = page.getByRole('combobox', { name: 'Add a layer' });
  const opened = () =>
    list.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await page.mouse.dblclick(x, y);
    if (await opened()) return;
  }
  throw new Error('A double click opened no list of layers.');
}

/** Presses a button of the toolbar until it has no more to do. Returns how often. */
export async function untilDone(page: Page, name: 'Undo' | 'Redo'): Promise<number> {
  const button = page
    .getByRole('toolbar', { name: 'Canvas' })
    .getByRole('button', { name: new RegExp(`^${name}`) });
  let count = 0;
  while ((await button.getAttribute('aria-disabled')) !== 'true') {
    await button.click();
    count += 1;
  }
  return count;
}

/** Begins an empty project on Welcome. */
export async function newDesign(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: 'Projects' })
    .getByRole('button', { name: 'New', exact: true })
    .click();
  await page.getByText('An empty design').waitFor();
}

/** Types over what stands in a box of the inspector, and leaves it with Tab. */
export async function fillIn(page: Page, label: string, value: string | number): Promise<void> {
  const box = inspector(page).getByRole('textbox', { name: new RegExp(`^${label}`) });
  await box.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(String(value));
  await page.keyboard.press('Tab');
}

/** Saves with the keyboard. Returns the text of the one project file of the home. */
export async function save(page: Page, home: string): Promise<string> {
  const folder = join(home, 'projects');
  const files = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.mcnproj'));
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: /^Project .*(?<!, not saved): rename$/ }).waitFor();
  await expect.poll(files).toHaveLength(1);
  return readFileSync(join(folder, files()[0]!), 'utf8');
}

/** The project that a text of a file holds. @throws Error when it holds none */
export function projectIn(text: string): Project {
  const read = readProject(text, 'the saved project');
  if (!read.ok) throw new Error(read.problems[0]!.message);
  return read.value;
}
