import type { InputDemand, InputGradient } from '../kernels/conv-operands';
import type { NormalizedInput } from '../kernels/normalization';
import type { InputPlan } from '../layer-plan';
import type { Gradient } from './gradient';

/** What a kernel that reads normalised input is asked for on the way back. */
export function demandOf({ norm }: NormalizedInput, { gradient, sole }: InputPlan): InputDemand {
  return { needsInput: gradient, reduce: gradient && sole && norm !== null };
}

/** What it found, as a gradient. */
export function gradientOf({ dx, reduced }: InputGradient): Gradient | null {
  return dx && { dy: dx, pooled: null, lazy: null, reduced };
}
