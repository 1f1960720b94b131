import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openStudio } from './studio-window';

it('a design leaves the studio as a table, as SVG and as PNG', async () => {
  const { page, context, url, complaints } = await openStudio();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
  await page.getByRole('button', { name: 'MCN on MNIST' }).click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });

  const [svg] = await Promise.all([
    page.waitForEvent('download'),
    inspector.getByRole('button', { name: 'SVG' }).click(),
  ]);
  expect(svg.suggestedFilename()).toBe('mcn-on-mnist.svg');
  const drawing = readFileSync(await svg.path(), 'utf8');
  for (const text of ['MCconv 4', '10 maps × 4, 3×3', '32×32×40', 'Output']) expect(drawing).toContain(text);

  const [png] = await Promise.all([
    page.waitForEvent('download'),
    inspector.getByRole('button', { name: 'PNG' }).click(),
  ]);
  const bytes = readFileSync(await png.path());
  const [width, height] = /width="(\d+)" height="(\d+)"/.exec(drawing)!.slice(1).map(Number);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([width! * 3, height! * 3]);

  await inspector.getByRole('button', { name: 'Summary' }).click();
  const dialog = page.getByRole('dialog', { name: 'MCN on MNIST, MCN' });
  expect(await dialog.getByRole('row', { name: /^Total/ }).innerText()).toContain('151,560');
  await dialog.getByRole('button', { name: 'Copy as Markdown' }).click();
  await dialog.getByText('Copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^## MCN on MNIST, MCN\n\n\| Layer \|/);
  expect(copied).toContain('| MCconv 1 | MCconv | 32×32×40 | 360 |');
  expect(complaints()).toEqual([]);
});
