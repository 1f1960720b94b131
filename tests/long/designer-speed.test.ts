import { expect, it } from 'vitest';
import { findPreset } from '@shared/network/presets';
import type { FrameTimes } from '../e2e/speed/frame-times';
import { canvasTimes, farTimes, keyTimes, selectionTimes } from '../e2e/speed/large-canvas';
import { largeDesign } from '../e2e/speed/large-design';
import { openListed, studioWith } from '../e2e/speed/open-design';

/** 55 frames a second, in milliseconds a frame. */
const SMOOTH = 1000 / 55;
/** What nine of ten edits may take: shapes and budget, and what cards and inspector make of them. */
const EDIT = 16;
/** The longest frame of a drag: three of a screen of 60 Hz, whose times are told to a tenth of a millisecond. */
const DRAG = 50.2;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Runs something up to three times until it holds, since what else the machine does may be in the way. */
async function inThree(check: () => Promise<void>): Promise<void> {
  for (let tries = 1; tries < 3; tries += 1) {
    try {
      await check();
      return;
    } catch {
      // The next try tells; the last one is the result.
    }
  }
  await check();
}

function tell(what: string): void {
  process.stdout.write(`${what}\n`);
}

function frameWords({ median, p90, longest, count }: FrameTimes): string {
  const [middle, most, worst] = [median, p90, longest].map((value) => value.toFixed(1));
  return `median ${middle}, nine of ten within ${most}, longest ${worst} ms, ${count} frames`;
}

it('300 layers: everything at 55 frames a second, and an edit within 16 ms', async () => {
  const { page } = await studioWith({ Large: largeDesign(300) });
  await openListed(page, 'Large', 300);
  await inThree(async () => {
    const alone = await canvasTimes(page, 50);
    const { selected, times: together } = await selectionTimes(page, 50);
    expect(selected).toBeGreaterThan(20);
    tell(`300 layers, ${selected} of them selected`);
    const { times: byKeys, edits } = await keyTimes(page, 60);
    tell(
      `300 layers, an edit: median ${median(edits).toFixed(1)}, longest ${Math.max(...edits).toFixed(1)} ms of ${edits.length}`,
    );
    expect(edits.length).toBeGreaterThan(50);
    expect(edits.toSorted((a, b) => a - b)[Math.floor(edits.length * 0.9)]!).toBeLessThan(EDIT);
    for (const [what, frames] of Object.entries({ ...alone, ...together, ...byKeys })) {
      tell(`300 layers, ${what}: ${frameWords(frames)}`);
      expect(frames.median, what).toBeLessThan(SMOOTH);
    }
  });
});

it('2,000 layers and 3,000 connections: zoom and pan at 55 frames a second, a drag within 50 ms a frame', async () => {
  const { page } = await studioWith({ Large: largeDesign(2000) });
  const { first, all } = await openListed(page, 'Large', 2000);
  tell(`2,000 layers open in ${first.toFixed(0)} ms, all in ${all.toFixed(0)} ms`);
  await inThree(async () => {
    const alone = await canvasTimes(page, 50);
    const { selected, times: together } = await selectionTimes(page, 50);
    expect(selected).toBeGreaterThan(5);
    tell(`2,000 layers, ${selected} of them selected`);
    const far = await farTimes(page, 50);
    for (const [what, frames] of Object.entries({ ...alone, ...together, ...far })) {
      tell(`2,000 layers, ${what}: ${frameWords(frames)}`);
      const isDrag = what.startsWith('drag');
      expect(isDrag ? frames.longest : frames.median, what).toBeLessThan(isDrag ? DRAG : SMOOTH);
    }
  });
});

it('MCN-34 opens within 300 ms, also as the first design of a window that has just been opened', async () => {
  const design = findPreset('mcn-34')!.document;
  const first: number[] = [];
  const later: number[] = [];
  for (let windows = 0; windows < 5; windows += 1) {
    const { page, browser, killServer } = await studioWith({ Deep: design });
    // The rooms are fetched and the devices tried meanwhile, as while a person looks for the project.
    await page.waitForTimeout(1500);
    for (let times = 0; times < 3; times += 1) {
      const { all } = await openListed(page, 'Deep', design.nodes.length);
      (times === 0 ? first : later).push(all);
      await page.keyboard.press('Alt+0');
      await page.getByText('Templates', { exact: true }).waitFor();
    }
    await browser.close();
    // The next one has the machine for itself.
    await killServer();
  }
  for (const [what, times] of [
    ['first', first],
    ['again', later],
  ] as const) {
    tell(`MCN-34 opens ${what} in ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
    expect(median(times), what).toBeLessThan(300);
  }
});
