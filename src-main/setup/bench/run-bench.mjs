import { say } from '../project.mjs';
import { compare, measureWasm } from './compare.mjs';
import { coresInUse, isQuiet, machineText } from './machine.mjs';
import { measure } from './measure.mjs';
import { MEMORY_WORKLOAD } from './options.mjs';
import { worstRatio } from './report.mjs';
import { scaling } from './scaling.mjs';

const MEMORY_STEPS = 1;

const FORWARD_JOB = { workload: 'mcconv-forward', batch: 32 };
const FORWARD_STEPS = 50;

async function compareAll(options) {
  const results = [];
  for (const workload of options.workloads) {
    const others = await coresInUse();
    const busy = isQuiet(others) ? '' : ` (others use ${others.toFixed(1)} cores)`;
    say(`${workload.name}, batch ${workload.batch} ...${busy}`);
    const result = await compare(workload, { ...options, withProfile: true });
    const onWasm = result.device.name === 'cpu-wasm';
    results.push({
      ...result,
      coresInUse: others,
      wasmMilliseconds: onWasm ? null : await measureWasm(workload),
    });
  }
  return results;
}

async function forwardGflops({ device, threads }) {
  say('One modulated convolution ...');
  const forward = await measure({ ...FORWARD_JOB, device, threads }, FORWARD_STEPS);
  return (2 * forward.denseMultiplyAdds) / forward.milliseconds / 1e6;
}

/** Peaks of both at a larger batch; null when that network is not asked for. */
async function comparePeaks(options) {
  if (!options.workloads.some(({ name }) => name === MEMORY_WORKLOAD.name)) return null;
  const { name, batch } = MEMORY_WORKLOAD;
  say(`Memory of ${name}, batch ${batch} ...`);
  const quick = { ...options, steps: MEMORY_STEPS, withProfile: false };
  const { peakBytes, peer, peerProblem } = await compare(MEMORY_WORKLOAD, quick);
  return { name, batch, peakBytes, peerPeakBytes: peer ? peer.peakBytes : null, peerProblem };
}

/**
 * Measures everything that was asked for.
 * @param options of options.mjs
 * @param torch what findTorch found; its `problem` says why there are no ratios
 * @returns the object that --json prints, {"type": "bench", ...}; ratios are null without a peer
 */
export async function runBench(options, torch) {
  const tasks = { ...options, withPeer: torch.problem === null };
  const workloads = await compareAll(tasks);
  const memory = await comparePeaks(tasks);
  const mcconvForwardGflops = await forwardGflops(options);
  return {
    type: 'bench',
    machine: machineText(),
    coresInUse: Math.max(...workloads.map((result) => result.coresInUse)),
    device: workloads[0].device,
    threads: options.threads,
    steps: options.steps,
    torch,
    peerMemory: torch.problem === null ? options.peerMemory : null,
    worstMcnRatio: worstRatio(workloads.filter(({ family }) => family === 'mcn')),
    wrnRatio: worstRatio(workloads.filter(({ family }) => family === 'wrn')),
    mcconvForwardGflops,
    memory,
    workloads,
    scaling: options.scaling ? await scaling(options) : null,
  };
}

/** What went wrong with the peer on the way; each is a missing ratio. */
export function peerProblems({ workloads, memory }) {
  const all = memory ? [...workloads, memory] : workloads;
  return all.map(({ peerProblem }) => peerProblem).filter((problem) => problem !== null);
}
