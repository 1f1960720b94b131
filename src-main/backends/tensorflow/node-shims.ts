import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** Functions of node:util that the package calls and Node 23 took away. */
const REMOVED: Readonly<Record<string, (value: unknown) => boolean>> = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: (value) => Array.isArray(value),
};

/** Gives node:util back what @tensorflow/tfjs-node-gpu still calls; call it before the package is loaded. */
export function shimUtil(): void {
  // The object that require() hands out: a namespace of import could not be changed.
  const util = load('node:util') as Record<string, unknown>;
  for (const [name, replacement] of Object.entries(REMOVED)) util[name] ??= replacement;
}
