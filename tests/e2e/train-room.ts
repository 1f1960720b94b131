import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The current run in the Train room: its controls, curves and log. */
export function runRegion(page: Page): Locator {
  return page.getByRole('region', { name: 'Run', exact: true });
}

/** Where the run stands, in the words beside its controls. */
export async function stateWords(page: Page): Promise<string> {
  return (await runRegion(page).getByRole('group', { name: 'Where the run stands' }).textContent()) ?? '';
}

/** Waits until the run stands where the words say. */
export async function waitForState(page: Page, words: RegExp): Promise<void> {
  await expect.poll(() => stateWords(page), { timeout: 90_000, interval: 50 }).toMatch(words);
}

/** Steps done, reckoned from "epoch 2 of 4 · batch 7 of 19"; NaN while the words tell something else, such as a test. */
export async function stepsDone(page: Page): Promise<number> {
  const found = /epoch (\d+) of \d+ · batch (\d+) of (\d+)/.exec(await stateWords(page));
  if (!found) return Number.NaN;
  const [epoch, batch, perEpoch] = found.slice(1).map(Number);
  return (epoch! - 1) * perEpoch! + batch!;
}

/** Waits until more steps are done than `steps`, and returns how many. */
export async function waitForStepsBeyond(page: Page, steps: number): Promise<number> {
  let done = Number.NaN;
  await expect
    .poll(async () => (done = await stepsDone(page)), { timeout: 60_000, interval: 100 })
    .toBeGreaterThan(steps);
  return done;
}

/** Values in a chart's legend by the name of their series; null where there is none yet. */
export async function legend(page: Page, chart: string): Promise<Record<string, string | null>> {
  const entries = await page
    .getByRole('region', { name: chart, exact: true })
    .getByRole('listitem')
    .allInnerTexts();
  return Object.fromEntries(
    entries.map((entry) => {
      // "test 97.8 %", "filters η₁ 0.05", "memory 612 MiB", "train –"
      const [, name, value] = /^(\S+)\s.*?([\d–−][\d.,e−+-]*(?: \S+)?)$/s.exec(entry)!;
      return [name!, value === '–' ? null : value!];
    }),
  );
}

/** Types values into fields of the recipe, by their labels. */
export async function setRecipe(page: Page, values: Readonly<Record<string, number>>): Promise<void> {
  const recipe = page.getByRole('complementary', { name: 'Recipe' });
  for (const [label, value] of Object.entries(values))
    await recipe.getByRole('textbox', { name: new RegExp(`^${label}\\b`) }).fill(String(value));
}
