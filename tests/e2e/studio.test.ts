import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readPacked } from '@shared/packed/read-packed';
import { readHistory } from '@main/run-folder/read-history';
import { runPaths } from '@main/run-folder/run-paths';
import { openStudio } from './studio-window';
import {
  legend,
  runRegion,
  setRecipe,
  stateWords,
  stepsDone,
  waitForState,
  waitForStepsBeyond,
} from './train-room';

const TEMPLATE = 'MCN on MNIST';

/** Opens the first template and goes to the Train room, as a person does who wants a result. */
async function toTrain(page: Page): Promise<void> {
  await page.getByRole('button', { name: TEMPLATE }).click();
  await page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
}

/** Every value of the M-Filter that the Filters room shows, with all its digits. */
async function modulation(page: Page): Promise<(string | null)[]> {
  const cells = page.getByRole('table', { name: /^Plane \d/ }).getByRole('cell');
  await cells.first().waitFor();
  return cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('title')));
}

/** The one run of a home. */
function onlyRun(home: string): string {
  const runs = readdirSync(join(home, 'runs'));
  expect(runs).toHaveLength(1);
  return join(home, 'runs', runs[0]!);
}

async function runCommand(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).waitFor();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

function room(page: Page, name: string): Promise<void> {
  return page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name, exact: true }).click();
}

/** Pauses the run that `page` shows in a tab of its own; both tabs and the run's folder tell where, and it stays there. Returns the steps done. */
async function pauseInSecondTab(second: Page, url: string, page: Page, run: string): Promise<number> {
  await second.goto(url);
  await room(second, 'Train');
  await waitForStepsBeyond(second, await waitForStepsBeyond(page, 0));
  await runRegion(second).getByRole('button', { name: 'Pause' }).click();
  for (const tab of [page, second]) await waitForState(tab, /^paused at epoch/);
  const paused = await stepsDone(page);
  expect(await stepsDone(second)).toBe(paused);
  await second.close();
  await sleep(1500);
  expect(await stepsDone(page)).toBe(paused);
  expect(await readHistory(run, true)).toMatchObject({ state: 'paused', step: paused });
  return paused;
}

/** Exports the packed model of a stopped run of four layers, saves a copy and proves it: window, file and reader tell the same. */
async function exportAndProve(page: Page, run: string): Promise<void> {
  await room(page, 'Export');
  await page.getByRole('button', { name: 'Export packed model' }).click();
  const total = page
    .getByRole('row', { name: /^Whole file/ })
    .getByRole('cell')
    .first();
  await total.waitFor();
  const { exports } = runPaths(run);
  const names = readdirSync(exports);
  expect(names).toEqual([expect.stringMatching(/\.mcn\.safetensors$/)]);
  const bytes = readFileSync(join(exports, names[0]!));
  expect((await total.innerText()).replace(/\D/g, '')).toBe(String(bytes.length));
  const read = readPacked(new Uint8Array(bytes), names[0]!);
  if (!read.ok) throw new Error(read.problems[0]!.message);
  expect(read.value.ledger.fileBytes).toBe(bytes.length);
  expect(read.value.model.centers.size).toBe(4);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save file' }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe(names[0]);
  expect(readFileSync(await download.path()).equals(bytes)).toBe(true);

  await page.getByRole('button', { name: 'Prove it' }).click();
  const verdict = page.getByRole('status').filter({ hasText: 'The file does what its checkpoint does.' });
  const proof = await verdict.innerText();
  expect(proof).toContain('100 of 100 images classified alike');
  const [, ofCheckpoint, ofFile] = /Checkpoint ([\d.]+ %), file ([\d.]+ %)/.exec(proof)!;
  expect(ofFile).toBe(ofCheckpoint);
}

describe('the way in', () => {
  it('is refused without the token, and open to whoever has it', async () => {
    const { browser, context, url, complaints } = await openStudio();
    const stranger = await (await browser.newContext()).newPage();
    const refused = await stranger.goto(new URL('/', url).href);
    expect(refused!.status()).toBe(401);
    expect(await stranger.locator('body').innerText()).toContain('Open the address that MCN Studio printed');

    const known = await context.newPage();
    expect((await known.goto(new URL('/', url).href))!.status()).toBe(200);
    expect(complaints()).toEqual([]);
  });

  it('needs no mouse: template, commands, theme', async () => {
    const { page, complaints } = await openStudio();
    const template = page.getByRole('button', { name: TEMPLATE });
    for (let tabs = 0; tabs < 20; tabs++) {
      if (await template.evaluate((button) => button === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Byte budget' }).waitFor();

    const theme = () => page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('dark');
    await runCommand(page, 'light theme');
    await expect.poll(theme).toBe('light');
    await runCommand(page, 'dark theme');
    await expect.poll(theme).toBe('dark');
    await runCommand(page, 'go to train');
    await page.getByRole('heading', { name: 'Ready to train' }).waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe('designing', () => {
  it('shapes and byte budget follow a field, and undo brings them back', async () => {
    const { page, complaints } = await openStudio();
    await page.getByRole('button', { name: TEMPLATE }).click();
    const budget = page.getByRole('region', { name: 'Byte budget' });
    const card = (name: string) => page.getByRole('option', { name: new RegExp(`^${name},`) });
    const first = card('MCconv 1');
    const drawn = () =>
      Promise.all([budget.innerText(), first.getAttribute('aria-label'), card('MCconv 2').innerText()]);

    await first.waitFor();
    const before = await drawn();
    expect(before[0]).toContain('31.0×');
    expect(before[0]).toContain('of 606,240 B');
    expect(before[1]).toContain('10 maps × 4, 3×3, gives 32×32×40');

    await first.click();
    const maps = page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('textbox', { name: /^Feature maps/ });
    await maps.fill('12');
    await expect.poll(drawn).not.toEqual(before);
    const after = await drawn();
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toContain('12 maps × 4, 3×3, gives 32×32×48');
    expect(after[2]).not.toBe(before[2]);

    await maps.blur();
    await page.keyboard.press('Control+z');
    await expect.poll(drawn).toEqual(before);
    expect(await maps.inputValue()).toBe('10');
    expect(complaints()).toEqual([]);
  });
});

describe('training', () => {
  it('is watched, paused, stopped and exported, and a second tab sees the same', async () => {
    const { home, url, context, page, complaints } = await openStudio();
    await toTrain(page);
    await setRecipe(page, {
      'Training images': 300,
      'Test images': 100,
      Batch: 16,
      Epochs: 1000,
      'Binary after epoch': 1,
    });
    await page.keyboard.press('Control+s');
    await page.getByText(/^Saved \d/).waitFor();
    await runRegion(page).getByRole('button', { name: 'Train', exact: true }).click();

    const early = await waitForStepsBeyond(page, 2);
    const run = onlyRun(home);
    const firstLoss = await legend(page, 'Loss');
    expect(Number(firstLoss.total)).toBeGreaterThan(0);
    expect((await legend(page, 'Accuracy')).batch).toMatch(/^\d.* %$/);
    await expect.poll(() => legend(page, 'Loss')).not.toEqual(firstLoss);

    await page.reload();
    await room(page, 'Train');
    await waitForStepsBeyond(page, early);
    expect(onlyRun(home)).toBe(run);
    const name = page.getByRole('button', { name: `Project ${TEMPLATE}: rename` });
    await expect.poll(() => name.count()).toBe(1);

    const paused = await pauseInSecondTab(await context.newPage(), url, page, run);
    await runRegion(page).getByRole('button', { name: 'Resume' }).click();
    await waitForStepsBeyond(page, paused);
    await room(page, 'Filters');
    const values = await modulation(page);
    expect(values).toHaveLength(4 * 9);
    await expect.poll(() => modulation(page), { timeout: 60_000, interval: 200 }).not.toEqual(values);

    await room(page, 'Train');
    await page.getByRole('region', { name: 'Log' }).getByText('filters are binary from here on').waitFor();
    expect((await legend(page, 'Accuracy')).test).toMatch(/^\d.* %$/);
    expect(await page.getByRole('img', { name: /^M-Filter of MCconv \d/ }).count()).toBe(4);
    await runRegion(page).getByRole('button', { name: 'Stop' }).click();
    await waitForState(page, /^stopped at epoch .* of the test images right(, with binary filters)?$/);
    const stopped = await readHistory(run, true);
    expect(stopped).toMatchObject({ state: 'stopped', step: await stepsDone(page) });
    expect(stopped.checkpoints.at(-1)!.step).toBe(stopped.step);

    await exportAndProve(page, run);
    expect(complaints()).toEqual([]);
  });

  it('outlives the loss of its process, and the window the loss of the studio', async () => {
    const { home, page, complaints, killServer } = await openStudio();
    await toTrain(page);
    await setRecipe(page, {
      'Training images': 1500,
      'Test images': 50,
      Batch: 8,
      Epochs: 3,
      'Checkpoint every': 1,
    });
    await runRegion(page).getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByRole('region', { name: 'Log' }).getByText('checkpoint saved at step').first().waitFor();
    const run = onlyRun(home);
    const { pid } = JSON.parse(readFileSync(runPaths(run).lock, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');

    const alert = runRegion(page).getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('ended unexpectedly (SIGKILL)');
    expect(await stateWords(page)).toMatch(/^interrupted at epoch/);
    const broken = await readHistory(run, true);
    expect(broken.state).toBe('interrupted');
    expect(broken.metrics.count).toBeGreaterThan(0);

    await alert.getByRole('button', { name: 'Resume from the last checkpoint' }).click();
    await waitForState(page, /^finished: .* of the test images right, with binary filters$/);
    expect(await alert.count()).toBe(0);
    const whole = await readHistory(run, true);
    expect(whole).toMatchObject({ state: 'finished', step: 564 });
    expect(whole.metrics.count).toBe(564);

    await killServer();
    const banner = page.getByRole('alert').filter({ hasText: 'The studio does not answer.' });
    await banner.waitFor();
    await room(page, 'Filters');
    await page.getByRole('table', { name: 'Plane 1' }).waitFor();
    await room(page, 'Design');
    await page.getByRole('option', { name: /^MCconv 1,/ }).waitFor();
    expect(await banner.isVisible()).toBe(true);
    expect(complaints()).toEqual([]);
  });
});
