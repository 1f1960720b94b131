import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { readProjectFile } from '@main/services/project-file';
import { workFolder } from './mcn';
import { openStudio } from './studio-window';

const TEMPLATE = 'MCN on MNIST';

async function openTemplate(page: Page): Promise<void> {
  await page.getByRole('button', { name: TEMPLATE }).click();
  await page.getByRole('region', { name: 'Byte budget' }).waitFor();
}

async function rename(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Shift+F2');
  await page.getByRole('banner').getByRole('textbox', { name: 'Name of the project' }).fill(name);
  await page.keyboard.press('Enter');
}

function recoveryFiles(home: string): string[] {
  return readdirSync(join(home, 'recovery')).filter((name) => name.endsWith('.mcnproj'));
}

it('unsaved changes outlive a studio that is killed, and the file is as it was until they are saved', async () => {
  const studio = await openStudio();
  const { home, page } = studio;
  await openTemplate(page);
  await page.keyboard.press('Control+s');
  await page
    .getByRole('contentinfo')
    .getByText(/^Saved/)
    .waitFor();
  const file = join(home, 'projects', readdirSync(join(home, 'projects'))[0]!);
  const before = readFileSync(file, 'utf8');
  await rename(page, 'Night shift');
  await page.getByRole('radio', { name: 'U-MCN' }).click();
  await expect
    .poll(
      async () => {
        const [name] = recoveryFiles(home);
        return name && (await readProjectFile(join(home, 'recovery', name))).project.family;
      },
      { timeout: 60_000 },
    )
    .toBe('umcn');
  await studio.killServer();

  const next = await openStudio({ home });
  const offer = next.page.getByRole('dialog', { name: 'Unsaved changes were found' });
  expect(await offer.innerText()).toMatch(/Night shift\s+2 changes from .*\d\d:\d\d were not saved/);
  expect(await offer.innerText()).toContain(file);
  await offer.getByRole('button', { name: 'Recover the changes of Night shift' }).click();
  await next.page.getByRole('button', { name: /^Project Night shift, not saved/ }).waitFor();
  expect(await next.page.getByRole('radio', { name: 'U-MCN' }).isChecked()).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe(before);
  await next.page.keyboard.press('Control+s');
  await next.page.getByRole('button', { name: /^Project Night shift: rename/ }).waitFor();
  expect((await readProjectFile(file)).project).toMatchObject({ name: 'Night shift', family: 'umcn' });
  expect(recoveryFiles(home)).toEqual([]);
  expect(studio.complaints()).toEqual([]);
  expect(next.complaints()).toEqual([]);
});

it('a project is saved and opened with the keyboard alone, and a second window and a changed file are noticed', async () => {
  const { home, page, context, url, complaints } = await openStudio();
  const projects = join(home, 'projects');
  mkdirSync(join(projects, 'drafts'), { recursive: true });
  writeFileSync(join(projects, 'notes.txt'), 'no project');
  await openTemplate(page);
  await page.keyboard.press('Control+Shift+S');
  const saving = page.getByRole('dialog', { name: 'Save the project as' });
  await saving.getByRole('option', { name: 'drafts' }).waitFor();
  expect(await saving.getByRole('option').count()).toBe(1);
  await page.keyboard.type('mine');
  await page.keyboard.press('Enter');
  await saving.waitFor({ state: 'hidden' });
  const file = join(projects, 'mine.mcnproj');
  await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
  expect((await readProjectFile(file)).project.name).toBe(TEMPLATE);

  await page.keyboard.press('Control+o');
  const opening = page.getByRole('dialog', { name: 'Open a project' });
  await opening.getByRole('option', { name: 'mine.mcnproj' }).waitFor();
  await page.keyboard.type('mine');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await opening.waitFor({ state: 'hidden' });

  const second = await context.newPage();
  await second.goto(url);
  await second.getByText(/is open in another window, and was not opened here/).waitFor();
  await second
    .getByRole('region', { name: 'Projects' })
    .getByRole('button', { name: 'mine.mcnproj' })
    .click();
  const shared = second.getByRole('dialog', { name: /is open elsewhere/ });
  await shared.getByRole('button', { name: 'Open it here, too' }).click();
  await second.getByRole('button', { name: `Project ${TEMPLATE}: rename` }).waitFor();
  await rename(second, 'Theirs');
  await second.keyboard.press('Control+s');
  await second.getByRole('button', { name: 'Project Theirs: rename' }).waitFor();

  await rename(page, 'Mine');
  await page.keyboard.press('Control+s');
  const conflict = page.getByRole('dialog', { name: 'mine.mcnproj was changed elsewhere' });
  await conflict.getByRole('button', { name: 'Cancel' }).click();
  expect((await readProjectFile(file)).project.name).toBe('Theirs');
  await page.keyboard.press('Control+s');
  await conflict.getByRole('button', { name: 'Overwrite' }).click();
  await page.getByRole('button', { name: 'Project Mine: rename' }).waitFor();
  expect((await readProjectFile(file)).project.name).toBe('Mine');

  const text = readFileSync(file, 'utf8').replace('"Mine"', '"Dropped"');
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'dropped.mcnproj'));
    return data;
  }, text);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.getByText('Drop the project to open it').waitFor();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await page.getByRole('button', { name: 'Project Dropped: rename' }).waitFor();
  expect(complaints()).toEqual([]);
});

it('a folder of images in a permitted place becomes a data set', async () => {
  const pictures = join(workFolder(), 'flowers');
  for (const [part, count] of Object.entries({ train: 4, val: 2 })) {
    for (const [at, name] of ['daisy', 'rose'].entries()) {
      for (let image = 0; image < count; image++) {
        const path = join(pictures, part, name, `${image}.png`);
        mkdirSync(dirname(path), { recursive: true });
        const background = { r: 40 * image, g: 200 * at, b: 90 + 30 * image };
        await sharp({ create: { width: 20, height: 24, channels: 3, background } }).toFile(path);
      }
    }
  }
  const { home, page, complaints } = await openStudio({ allow: pictures });
  await openTemplate(page);
  await page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'Add a folder…' }).click();
  const picker = page.getByRole('dialog', { name: 'Choose the folder of a data set' });
  await picker.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'flowers' }).click();
  await picker.getByRole('option', { name: 'train' }).waitFor();
  await picker.getByRole('button', { name: 'Choose this folder' }).click();
  const found = page.getByRole('dialog', { name: 'Add flowers?' });
  expect(await found.innerText()).toContain('8 training and 4 test images');
  expect(await found.getByRole('row').allInnerTexts()).toEqual([
    expect.stringMatching(/Class\s+Training\s+Test/),
    expect.stringMatching(/daisy\s+4\s+2/),
    expect.stringMatching(/rose\s+4\s+2/),
  ]);
  await found.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('radio', { name: /flowers/ }).waitFor();
  expect(JSON.parse(readFileSync(join(home, 'datasets.json'), 'utf8'))).toMatchObject([
    { name: 'flowers', kind: 'images', place: pictures },
  ]);

  await page.getByRole('button', { name: 'Add a folder…' }).click();
  await picker.getByRole('button', { name: 'Choose this folder' }).click();
  const refused = page.getByRole('dialog', { name: 'No data set was found' });
  expect(await refused.innerText()).toContain('train/CLASS');
  expect(complaints()).toEqual([]);
});
