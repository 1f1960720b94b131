import { measure } from './measure.mjs';

const BATCHES = [16, 32, 64, 128, 256];
const WIDTHS = [1, 2, 4];

/** 1, 2, 4 and so on, and the most. */
export function threadCounts(most) {
  const counts = [];
  for (let count = 1; count < most; count *= 2) counts.push(count);
  return [...counts, most];
}

async function timesOf(jobs, steps) {
  const found = [];
  for (const job of jobs) found.push((await measure(job, steps)).milliseconds);
  return found;
}

/** Step time of mcn-mnist-small against batch, width and threads: whether cost grows as it should. */
export async function scaling({ device, threads, steps }) {
  const base = { workload: 'mcn-mnist-small', batch: 128, device, threads };
  const counts = threadCounts(threads);
  return {
    batches: {
      of: BATCHES,
      milliseconds: await timesOf(
        BATCHES.map((batch) => ({ ...base, batch })),
        steps,
      ),
    },
    widths: {
      of: WIDTHS,
      milliseconds: await timesOf(
        WIDTHS.map((width) => ({ ...base, width })),
        steps,
      ),
    },
    threads: {
      of: counts,
      milliseconds: await timesOf(
        counts.map((count) => ({ ...base, threads: count })),
        steps,
      ),
    },
  };
}
