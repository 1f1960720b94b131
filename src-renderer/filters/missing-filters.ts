import { mcconvNodes, type Network } from '@shared/network/network';
import type { RunState } from '@shared/training/engine-event';

/** States in which nothing more comes by itself. */
const ENDED: ReadonlySet<RunState> = new Set(['finished', 'stopped', 'failed', 'interrupted']);

/** Why a run shows no M-Filters, and what to do about it. `network` and `state` are null while the run is still being read. */
export function whyNoFilters(network: Network | null, state: RunState | null): string {
  if (network && mcconvNodes(network).length === 0) {
    return network.family === 'wrn'
      ? 'This run trains the WRN twin, whose convolutions are ordinary ones. Switch the design to MCN or U-MCN and train it to see M-Filters.'
      : 'The design of this run has no modulated convolution. Add an MCconv and train it to see M-Filters.';
  }
  return state && ENDED.has(state)
    ? 'The run ended before its first step. Train shows why.'
    : 'They come with the first step of training and are updated every few seconds.';
}
