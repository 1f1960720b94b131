import type { ForkPoint } from '../training/fork-settings';
import { mcconvNodes, type Network } from './network';

/**
 * Where a fork of a network's run begins.
 * @param step steps done at the checkpoint
 * @param fitted whether centers were fitted by then
 */
export function forkPoint(network: Network, step: number, stepsPerEpoch: number, fitted: boolean): ForkPoint {
  const binary = network.family === 'mcn' && mcconvNodes(network).length > 0;
  return { step, stepsPerEpoch, filters: !binary ? 'none' : fitted ? 'binary' : 'float' };
}
