import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openStudio } from './studio-window';

it('the twins of a design are compared layer by layer', async () => {
  const { page, context, url, complaints } = await openStudio();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
  await page.getByRole('button', { name: 'MCN on MNIST' }).click();
  const layers = page.getByRole('listbox', { name: /^Layers of the design/ });
  const mcconv2 = layers.getByRole('option', { name: /^MCconv 2/ });

  // The cards tell at once what the switch has changed.
  await page.getByRole('radio', { name: 'WRN', exact: true }).click();
  await page.getByText('Against MCN: 4 layers differ').waitFor();
  expect(await mcconv2.innerText()).toMatch(/MCN 1\.05 kB\s*2\.0 M/);

  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Twins of MCN on MNIST' });
  const rows = dialog.locator('tbody').getByRole('row');
  expect(await dialog.getByRole('radio', { checked: true }).innerText()).toBe('MCN and WRN');
  expect(await rows.count()).toBe(12);
  expect(await rows.filter({ hasText: 'MCconv 2' }).getByRole('cell').allInnerTexts()).toEqual([
    'MCconv',
    'Conv',
    '16×16×80',
    '7,200',
    '',
    '36',
    '28,800',
    '1,052',
    '115,200',
    '2,027,520',
    '7,372,800',
  ]);

  await dialog.getByRole('switch', { name: 'Only differences' }).click();
  expect(await rows.count()).toBe(4);
  await dialog.getByRole('button', { name: 'Copy as Markdown' }).click();
  await dialog.getByText('Copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^## Twins of MCN on MNIST\n\n\| Layer \| Kind MCN \| Kind WRN \|/);
  expect(copied).toMatch(/\| \*\*Total\*\* \|.*\| 41,993 \| 2,447,400 \|/);
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  expect(csv.suggestedFilename()).toBe('mcn-on-mnist-twins.csv');
  expect(
    readFileSync(await csv.path(), 'utf8')
      .trim()
      .split('\r\n'),
  ).toHaveLength(1 + 4 * 2);

  // A row leads to its card.
  await dialog.getByRole('button', { name: /^MCconv 2/ }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await mcconv2.getAttribute('aria-selected')).toBe('true');
  await page.getByRole('button', { name: 'Hide what the cards were' }).click();
  await page.getByText('Against MCN').waitFor({ state: 'detached' });

  // By keyboard, from the title bar, and from the inspector.
  await mcconv2.focus();
  await page.keyboard.press('Shift+W');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Compare the twins' }).click();
  await dialog.getByRole('switch', { name: 'Only differences' }).click();
  await dialog.getByRole('button', { name: 'What BN · ReLU · Pool 1 consists of' }).click();
  expect(await rows.count()).toBe(12 + 3);
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  expect(complaints()).toEqual([]);
});
