import { expect, it } from 'vitest';
import { card, inspector, projectIn, save } from './design-room';
import { openStudio } from './studio-window';

it('a stage opens in place, is taken apart, grouped anew, repeated and collapsed, step by step undone', async () => {
  const { home, page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN-20' }).first().click();
  const budget = page.getByRole('region', { name: 'Byte budget' });
  await card(page, 'Stage 1').click();
  const before = await budget.innerText();

  await page.keyboard.press('Shift+E');
  await card(page, 'block 3').waitFor();
  expect(await card(page, 'Stage 1').getAttribute('aria-label')).toContain('expanded');
  await page.getByRole('button', { name: 'Expand block 2' }).click();
  expect(await page.locator('[data-node="stage1/block2/add"]').getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('button', { name: 'Collapse block 2' }).click();
  await page.keyboard.press('Control+Shift+G');
  await inspector(page).getByRole('textbox', { name: 'Name of the group' }).waitFor();
  expect(await budget.innerText()).toBe(before);

  await card(page, 'block 2').click();
  await card(page, 'block 3').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  const repeat = inspector(page).getByRole('textbox', { name: /^Repeat/ });
  await repeat.fill('2');
  await repeat.blur();
  await expect.poll(() => budget.innerText()).not.toBe(before);
  expect(await card(page, 'Group').innerText()).toContain('2 layers × 2');
  const larger = await budget.innerText();

  await page.getByRole('button', { name: 'Collapse Group' }).click();
  await card(page, 'block 2').waitFor({ state: 'detached' });
  await card(page, 'Group').dblclick();
  await card(page, 'block 2').waitFor();
  const { document } = projectIn(await save(page, home));
  const groups = document.nodes.filter(({ type }) => type === 'group');
  expect(groups.map(({ name, parent, open }) => [name, parent, open])).toEqual([
    ['Stage 1', undefined, true],
    ['Group', 'stage1', true],
  ]);

  await page.reload();
  await card(page, 'Group').waitFor();
  expect(await budget.innerText()).toBe(larger);
  expect(complaints()).toEqual([]);
});

it('what happens to groups can be undone to the start, and keys go on working where a frame was', async () => {
  const { page, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN-20' }).first().click();
  await card(page, 'Stage 2').click();
  await page.keyboard.press('Shift+E');
  await page.keyboard.press('Control+Shift+G');
  await page.keyboard.press('Shift+E');
  await card(page, 'block 1').waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => card(page, 'Stage 3').getAttribute('aria-selected')).toBe('true');
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z');
  await expect
    .poll(() => card(page, 'Stage 2').getAttribute('aria-label'))
    .toMatch(/^Stage 2, Stage of n blocks/);
  expect(
    await page.getByRole('button', { name: 'Undo', exact: false }).first().getAttribute('aria-disabled'),
  ).toBe('true');

  await card(page, 'Stage 2').click();
  await card(page, 'Stage 3').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Delete');
  await card(page, 'Stage 3').waitFor({ state: 'detached' });
  expect(await card(page, 'Group').count()).toBe(0);
  await page.keyboard.press('Control+z');
  await card(page, 'Stage 3').waitFor();
  expect(complaints()).toEqual([]);
});
