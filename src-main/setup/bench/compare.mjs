import { setTimeout as wait } from 'node:timers/promises';
import { EngineBench } from './engine-bench.mjs';
import { measure, median } from './measure.mjs';
import { PeerError, startFasterPeer } from './torch-peer.mjs';

/**
 * Threads of both programs spin on when their work is done, PyTorch's for longer than a step takes: who has no turn is held, where the
 * system can do that, and elsewhere has this long to go to sleep.
 */
const PAUSE_MILLISECONDS = process.platform === 'win32' ? 200 : 5;

/** Steps of a turn: training repeats itself, and a step right after another program's is slowed by what that left in the caches. */
const TURN_STEPS = 3;

/** On WebAssembly a step takes seconds: one to warm up, one that counts. */
const WASM = { device: 'cpu-wasm', threads: 1 };
const WASM_STEPS = 1;
const WASM_WARM_UP = 1;

/** The peer of a comparison that may fail on the way: from then on it is silent, and the reason is kept. */
class Opponent {
  problem = null;
  format = null;
  milliseconds = [];
  peakBytes = 0;
  #peer = null;

  async start(task, memory) {
    await this.#guarded(async () => {
      const { peer, format } = await startFasterPeer(task, memory);
      this.#peer = peer;
      this.format = format;
      hold(peer, true);
    });
  }

  /** A turn, whose last step counts. */
  async turn() {
    if (!this.#peer || this.problem) return;
    await this.#guarded(async () => {
      hold(this.#peer, false);
      for (let step = 1; step <= TURN_STEPS; step++) {
        const { ms, peakBytes } = await this.#peer.ask({ cmd: 'step' });
        if (step === TURN_STEPS) this.milliseconds.push(ms);
        this.peakBytes = peakBytes;
      }
      hold(this.#peer, true);
    });
  }

  async close() {
    await this.#peer?.close();
  }

  /** @returns what it took; null when it did not get to the end */
  result() {
    if (!this.#peer || this.problem) return null;
    const { format, peakBytes } = this;
    return { milliseconds: median(this.milliseconds), peakBytes, format };
  }

  async #guarded(action) {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof PeerError)) throw error;
      this.problem = error.message;
    }
  }
}

/** Stops a program until its next turn, or lets it go on; it is ended as ever. */
function hold(program, stopped) {
  if (process.platform !== 'win32') program.signal(stopped ? 'SIGSTOP' : 'SIGCONT');
}

async function ownProfile(bench) {
  hold(bench, false);
  return bench.profile();
}

/** A turn of the studio; resolves to its last step. */
async function ownTurn(bench) {
  hold(bench, false);
  for (let step = 1; step < TURN_STEPS; step++) await bench.step();
  const last = await bench.step();
  hold(bench, true);
  return last;
}

/**
 * Steps of the studio and, where there is a peer, of PyTorch in turns, so that both meet the same machine.
 * @param workload name, preset, family, batch
 * @param options device, threads, steps, withPeer, peerMemory, and withProfile: whether a profile of a step is made afterwards
 * @returns medians in milliseconds, peak memory in bytes, device, what the peer took, their ratio (null without a peer; `peerProblem`
 * says why when it failed), the profile
 */
export async function compare(workload, { device, threads, steps, withPeer, peerMemory, withProfile }) {
  const { preset, family, batch } = workload;
  const ours = new EngineBench({ workload: preset, family, batch, width: 1, device, threads });
  const theirs = new Opponent();
  try {
    const ready = await ours.ready();
    if (withPeer) await theirs.start({ ...ready.peer, batch, threads }, peerMemory);
    const times = [];
    let peakBytes = 0;
    for (let turn = 0; turn < steps; turn++) {
      await wait(PAUSE_MILLISECONDS);
      const own = await ownTurn(ours);
      peakBytes = own.peakBytes;
      times.push(own.milliseconds);
      await wait(PAUSE_MILLISECONDS);
      await theirs.turn();
    }
    const milliseconds = median(times);
    const peer = theirs.result();
    return {
      ...workload,
      device: ready.device,
      milliseconds,
      fastestMilliseconds: Math.min(...times),
      peakBytes,
      imagesPerSecond: (batch * 1000) / milliseconds,
      peer,
      peerProblem: theirs.problem,
      ratio: peer ? milliseconds / peer.milliseconds : null,
      profile: withProfile ? await ownProfile(ours) : null,
    };
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

/** Step of a workload on WebAssembly: what a machine without native kernels has. */
export async function measureWasm({ preset, family, batch }) {
  const job = { workload: preset, family, batch, ...WASM };
  return (await measure(job, WASM_STEPS, WASM_WARM_UP)).milliseconds;
}
