import type { Page } from 'playwright-core';

/** Times between the frames of a window, in milliseconds. */
export interface FrameTimes {
  count: number;
  median: number;
  /** Nine frames of ten come sooner. */
  p90: number;
  longest: number;
}

declare global {
  interface Window {
    stopFrames?: () => number[];
  }
}

/** The value below which a share of the values lies. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** How the frames of a window follow one another while something is done in it. */
export async function frameTimes(page: Page, act: () => Promise<void>): Promise<FrameTimes> {
  await page.evaluate(() => {
    const times: number[] = [];
    let running = true;
    const note = (now: number): void => {
      times.push(now);
      if (running) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    window.stopFrames = () => {
      running = false;
      return times;
    };
  });
  await act();
  const times = await page.evaluate(() => window.stopFrames!());
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  const sorted = gaps.toSorted((a, b) => a - b);
  return {
    count: gaps.length,
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    longest: sorted.at(-1)!,
  };
}
