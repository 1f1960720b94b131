import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { GraphDocument } from '@shared/graph/document';
import { PROJECT_VERSION } from '@shared/project/project';
import { projectText } from '@shared/project/project-text';
import { checkSettings } from '@shared/training/settings';
import { inspector, untilDone } from './design-room';
import { closedBlocks, journeys, type ProblemJourney } from './problem-journeys';
import { openStudio } from './studio-window';

function projectOf(name: string, document: GraphDocument): string {
  return projectText({
    version: PROJECT_VERSION,
    id: name,
    name,
    document,
    family: 'mcn',
    dataset: 'mnist',
    training: checkSettings({}).settings,
  });
}

/** Drops a project file into the window. */
async function drop(page: Page, name: string, document: GraphDocument): Promise<void> {
  const transfer = await page.evaluateHandle(
    (text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.mcnproj'));
      return data;
    },
    projectOf(name, document),
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await page.getByRole('button', { name: `Project ${name}: rename` }).waitFor();
}

/** Shows the whole design and clicks below it, so that nothing is selected and the panel tells of the design. */
async function selectNothing(page: Page): Promise<void> {
  await page.getByRole('toolbar', { name: 'Canvas' }).getByRole('button', { name: /^Fit/ }).click();
  const budget = (await page.getByRole('region', { name: 'Byte budget' }).boundingBox())!;
  await page.mouse.click(budget.x + 20, budget.y - 20);
  await inspector(page).getByRole('textbox', { name: 'Name of the project' }).waitFor();
}

/** The entry of a problem in the panel on the right. */
function note(page: Page, words: RegExp): Locator {
  const text = new RegExp(words.source.replace('^', ''));
  return inspector(page).getByRole('note').filter({ hasText: text });
}

/** The card, or the bar of the frame, of a node. */
function cardOf(page: Page, node: string): Locator {
  return page.locator(`[data-node="${node}"]`);
}

/** A problem is made, seen on its card and in the list, gone to, solved and gone; all of it is undone. */
async function travel(page: Page, journey: ProblemJourney): Promise<void> {
  const { node, words, repair } = journey;
  const label = new RegExp(`, (Error|Warning|Hint): .*${words.source.replace('^', '')}`);
  await journey.make?.(page);
  if (node !== null) expect(await cardOf(page, node).getAttribute('aria-label')).toMatch(label);
  await selectNothing(page);
  await note(page, words).waitFor();
  if (node !== null) {
    await note(page, words)
      .getByRole('button', { name: /^Show / })
      .click();
    await expect.poll(() => cardOf(page, node).getAttribute('aria-selected')).toBe('true');
    await note(page, words).waitFor();
  }
  if (typeof repair === 'string')
    await note(page, words).getByRole('button', { name: repair, exact: true }).click();
  else await repair(page);
  await note(page, words).waitFor({ state: 'detached' });
  await selectNothing(page);
  expect(await note(page, words).count()).toBe(0);
  if (node !== null && (await cardOf(page, node).count()) > 0)
    expect(await cardOf(page, node).getAttribute('aria-label')).not.toMatch(label);
  await untilDone(page, 'Undo');
}

/** Why a block does not open is said on the button that would open it, until it can. */
async function travelToBlock(page: Page, journey: ProblemJourney): Promise<void> {
  const expand = inspector(page).getByRole('button', { name: 'Expand' });
  await journey.make?.(page);
  await cardOf(page, journey.node!).click();
  expect(await expand.getAttribute('title')).toMatch(journey.words);
  await cardOf(page, journey.node!).getByTitle('Expand', { exact: true }).click();
  const told = page.locator('footer').getByText(/^Expand .+: /);
  await told.waitFor();
  expect((await told.textContent())!.replace(/^Expand .+?: /, '')).toMatch(journey.words);
  await (journey.repair as (page: Page) => Promise<void>)(page);
  await cardOf(page, journey.node!).click();
  await expect.poll(() => expand.getAttribute('aria-disabled')).not.toBe('true');
  await untilDone(page, 'Undo');
}

/** Goes on all journeys in one window. */
async function goAll(all: readonly ProblemJourney[], go: typeof travel): Promise<void> {
  const { page, complaints } = await openStudio();
  for (const journey of all) {
    await drop(page, journey.code, journey.design);
    await go(page, journey).catch((error: unknown) => {
      throw new Error(`The journey of ${journey.code} ended early`, { cause: error });
    });
  }
  expect(complaints()).toEqual([]);
}

it.each(Object.entries(journeys))('every kind of problem of %s is made, seen, gone to and solved', (_, all) =>
  goAll(all, travel),
);

it('blocks that do not open say why until they do', () => goAll(closedBlocks, travelToBlock));

it('the status bar tells of problems in every room, leads to them, and solves them in Design', async () => {
  const { page, complaints } = await openStudio();
  const { design } = journeys['connections, names and fields'].find(({ code }) => code === 'field-value')!;
  await drop(page, 'Far away', design);
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: 'Train' }).click();
  await page.getByRole('heading', { name: 'Not ready to train yet' }).waitFor();
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /^1 error/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Show Second' }).click();
  await expect.poll(() => cardOf(page, 'second').getAttribute('aria-selected')).toBe('true');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-node')))
    .toBe('second');
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /^1 error/ })
    .click();
  const list = page.getByRole('dialog');
  await list.getByRole('button', { name: 'Use the default' }).click();
  await expect.poll(() => list.getByText('Feature maps (maps) cannot be 0.').count()).toBe(0);
  expect(await cardOf(page, 'second').getAttribute('aria-label')).not.toContain('Error');
  expect(complaints()).toEqual([]);
});
