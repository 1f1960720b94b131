import type { ValuesOf } from '../fields/field';
import { add } from './add';
import { avgPool } from './avg-pool';
import { batchNorm } from './batch-norm';
import { concat } from './concat';
import { conv } from './conv';
import type { OpDefinition } from './definition';
import { dense } from './dense';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { globalAvgPool } from './global-avg-pool';
import { input } from './input';
import { maxPool } from './max-pool';
import { mcconv } from './mcconv';
import { output } from './output';
import { padMaps } from './pad-maps';
import { relu } from './relu';

/** The registry of primitives. A new layer type is a file beside this one and a line here; mapped types over it do the rest. */
export const ops = {
  input,
  mcconv,
  conv,
  batchnorm: batchNorm,
  relu,
  maxpool: maxPool,
  avgpool: avgPool,
  globalavgpool: globalAvgPool,
  padmaps: padMaps,
  add,
  concat,
  dropout,
  flatten,
  dense,
  output,
} as const;

export type OpType = keyof typeof ops;

type Resolved<V> = { [K in keyof V]: K extends 'planes' ? number : V[K] };

/** Field values of a primitive inside a Network: complete, checked, K resolved. */
export type OpValues<T extends OpType> = Resolved<ValuesOf<(typeof ops)[T]['fields']>>;

/** Whether a node type is a primitive. */
export function isOpType(type: string): type is OpType {
  return Object.hasOwn(ops, type);
}

/** The definition of a primitive, seen through the general interface. */
export function opDefinition(type: OpType): OpDefinition {
  return ops[type];
}
