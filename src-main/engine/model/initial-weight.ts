import type { WeightSpec } from '@shared/ops/definition';
import { normals, uniforms } from '@shared/random/draws';
import { randomKey } from '@shared/random/random-key';

/** How M-Filters start: drawn from U(0.5, 1.5), or all ones. */
export type ModulationStart = 'uniform' | 'ones';

/**
 * Starting values of a weight (mcn.md, section 5): He-normal with standard deviation sqrt(2 / fanIn), U(-bound, bound), U(0.5, 1.5)
 * for M, or a constant. A function of (seed, name) alone.
 */
export function initialWeight(
  spec: WeightSpec,
  seed: number,
  name: string,
  modulationStart: ModulationStart,
): Float32Array {
  const count = spec.shape.reduce((product, axis) => product * axis, 1);
  const key = randomKey(seed, 'init', name);
  const { initializer } = spec;
  switch (initializer.kind) {
    case 'he-normal': {
      const deviation = Math.sqrt(2 / initializer.fanIn);
      return normals(key, count).map((value) => value * deviation);
    }
    case 'm-filter':
      return modulationStart === 'ones' ? new Float32Array(count).fill(1) : uniforms(key, count, 0.5, 1.5);
    case 'uniform':
      return uniforms(key, count, -initializer.bound, initializer.bound);
    case 'constant':
      return new Float32Array(count).fill(initializer.value);
  }
}
