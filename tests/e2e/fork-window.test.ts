import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readManifest } from '@main/run-folder/manifest';
import { readHistory } from '@main/run-folder/read-history';
import { openStudio } from './studio-window';
import { runRegion, setRecipe, waitForState } from './train-room';

it('a finished run is forked from one of its epochs with other settings, which is trained at once', async () => {
  const { page, home, complaints } = await openStudio();
  await page.getByRole('button', { name: 'MCN on MNIST' }).click();
  await page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
  await setRecipe(page, { 'Training images': 512, 'Test images': 100, Epochs: 2 });
  await runRegion(page).getByRole('button', { name: 'Train', exact: true }).click();
  await waitForState(page, /^finished/);
  const [parent] = readdirSync(join(home, 'runs'));

  await runRegion(page).getByRole('button', { name: 'Fork' }).click();
  const dialog = page.getByRole('dialog', { name: /^Fork/ });
  expect(await dialog.getByRole('status').innerText()).toBe('Epochs 2 → 3');
  expect(await dialog.getByRole('textbox', { name: /^Batch/ }).isDisabled()).toBe(true);
  await dialog.getByRole('combobox', { name: 'Goes on from' }).selectOption({ index: 1 });
  await dialog.getByRole('textbox', { name: /^Epochs/ }).fill('1');
  await dialog.getByRole('note').filter({ hasText: 'The checkpoint has 1 epochs already' }).waitFor();
  await dialog.getByRole('textbox', { name: /^Epochs/ }).fill('3');
  await dialog.getByRole('textbox', { name: /^Filter loss θ/ }).fill('0.0005');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Heavier');
  await dialog.getByRole('button', { name: 'Fork and train' }).click();
  await page.getByRole('button', { name: /^Current run: Heavier/ }).waitFor();
  await waitForState(page, /^finished/);

  const fork = readdirSync(join(home, 'runs')).find((name) => name !== parent)!;
  const manifest = await readManifest(join(home, 'runs', fork));
  expect(manifest).toMatchObject({ name: 'Heavier', parent: { checkpoint: 1, step: 4, epoch: 1 } });
  expect(manifest.settings).toMatchObject({ epochs: 3, filterLoss: 0.0005 });
  const history = await readHistory(join(home, 'runs', fork), true);
  expect(history.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(complaints()).toEqual([]);
});
