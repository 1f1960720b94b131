/** Loads a module of the benchmark: plain JavaScript, of which a test says what it uses. */
export async function loadBench<T>(file: string): Promise<T> {
  return (await import(
    /* @vite-ignore */ new URL(`../../../src-main/setup/bench/${file}`, import.meta.url).href
  )) as T;
}

/** What findTorch resolves to. */
export interface FoundTorch {
  version?: string;
  blas?: string | null;
  problem: string | null;
}

/** src-main/setup/bench/torch-peer.mjs */
export interface TorchPeerModule {
  INSTALL: string;
  PeerError: new (message: string) => Error;
  findTorch(python?: string): Promise<FoundTorch>;
  TorchPeer: new (start: object, memory: 'kept' | 'system') => TorchPeer;
}

/** PyTorch in a process of its own. */
export interface TorchPeer {
  ready(): Promise<unknown>;
  ask(command: { cmd: 'step' }): Promise<{ ms: number; loss: number; peakBytes: number }>;
  ask(command: { cmd: 'logits' }): Promise<{ logits: number[] }>;
  ask(command: { cmd: 'weights' }): Promise<{ weights: Record<string, number[]> }>;
  close(): Promise<void>;
}
