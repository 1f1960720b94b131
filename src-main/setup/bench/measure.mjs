import { EngineBench } from './engine-bench.mjs';

/** The middle value; of two middle ones their mean. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Untimed steps: memory is taken and code compiled in them. */
export const WARM_UP = 2;

/**
 * Steps of one workload in a process of its own, without a peer.
 * @param job fields of the job "bench"
 * @returns device, multiply-adds with reconstructed filters, the median step in milliseconds, peak memory in bytes
 */
export async function measure(job, steps, warmUp = WARM_UP) {
  const bench = new EngineBench({ width: 1, family: 'mcn', ...job });
  try {
    const { device, denseMultiplyAdds } = await bench.ready();
    const times = [];
    let peakBytes = 0;
    for (let step = 0; step < steps + warmUp; step++) {
      const done = await bench.step();
      peakBytes = done.peakBytes;
      if (step >= warmUp) times.push(done.milliseconds);
    }
    return { device, denseMultiplyAdds, milliseconds: median(times), peakBytes };
  } finally {
    await bench.close();
  }
}
