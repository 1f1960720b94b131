import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Project } from '@shared/project/project';
import { readProject } from '@shared/project/read-project';
import { card, cardLabels, inspector, newDesign, projectIn, save, typeLayer } from './design-room';
import { openStudio, type StudioWindow } from './studio-window';

/** The projects that a home keeps for the case of a crash, by their names. */
function kept(home: string): Map<string, Project> {
  const folder = join(home, 'recovery');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.mcnproj'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const projects = texts.flatMap((text) => {
    const read = readProject(text, 'a recovery file');
    return read.ok ? [read.value] : [];
  });
  return new Map(projects.map((project) => [project.name, project]));
}

/** Waits until what a home keeps says so. */
async function waitForKept(home: string, name: string, words: string): Promise<Project> {
  await expect.poll(() => JSON.stringify(kept(home).get(name)), { timeout: 60_000 }).toContain(words);
  return kept(home).get(name)!;
}

/** Types over what stands in a box, and stays in it. */
async function typeAndStay(page: Page, label: string, value: string): Promise<void> {
  await inspector(page)
    .getByRole('textbox', { name: new RegExp(`^${label}`) })
    .click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(value);
}

/** What a studio offers after a crash is taken; the design is as it was, and undo begins anew. */
async function recover({ page }: StudioWindow, name: string, labels: readonly string[]): Promise<void> {
  const offer = page.getByRole('dialog', { name: 'Unsaved changes were found' });
  await offer.getByRole('button', { name: `Recover the changes of ${name}` }).click();
  await page.getByRole('button', { name: `Project ${name}, not saved: rename` }).waitFor();
  await expect.poll(() => cardLabels(page)).toEqual(labels);
  const undo = page.getByRole('toolbar', { name: 'Canvas' }).getByRole('button', { name: /^Undo/ });
  expect(await undo.getAttribute('aria-disabled')).toBe('true');
}

it('designs in the making outlive a studio that is killed, twice, with what stands in a box and without what was undone', async () => {
  const studio = await openStudio();
  const { home, page, context, url } = studio;
  await newDesign(page);
  for (const typed of ['inp', 'mcc', 'global', 'dense', 'outp']) await typeLayer(page, typed);
  await card(page, 'MCconv').click();
  await typeLayer(page, 'relu');
  await page.keyboard.press('Control+z');
  await card(page, 'ReLU').waitFor({ state: 'detached' });
  await card(page, 'MCconv').click();
  await typeAndStay(page, 'Feature maps', '24');
  await waitForKept(home, 'New design', '"maps":24');
  await typeAndStay(page, 'Name of the layer', 'First layer');
  const design = (await waitForKept(home, 'New design', 'First layer')).document;
  expect(design.nodes.map(({ name }) => name)).toEqual([
    'Input',
    'First layer',
    'GlobalAvgPool',
    'Dense',
    'Output',
  ]);
  const labels = await cardLabels(page);

  const second = await context.newPage();
  await second.goto(url);
  await second.getByRole('button', { name: 'MCN on MNIST' }).click();
  await card(second, 'MCconv 2').click();
  await second.keyboard.press('Delete');
  const others = await cardLabels(second);
  await waitForKept(home, 'MCN on MNIST', '"mc1"');
  await studio.killServer();

  const next = await openStudio({ home });
  await recover(next, 'New design', labels);
  await next.killServer();

  const last = await openStudio({ home });
  await recover(last, 'New design', labels);
  expect(projectIn(await save(last.page, home)).document).toEqual(design);
  await last.page.keyboard.press('Control+k');
  await last.page.keyboard.type('recover unsaved');
  await last.page.keyboard.press('Enter');
  await recover(last, 'MCN on MNIST', others);
  expect([studio, next, last].flatMap(({ complaints }) => complaints())).toEqual([]);
});
