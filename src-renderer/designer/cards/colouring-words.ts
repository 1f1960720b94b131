import type { Colouring } from './heat';
import { measures } from './measures';

/** What a colouring is called, and what it shows. */
export function colouringWords(colouring: Colouring): { label: string; help: string } {
  if (colouring !== 'role') return measures[colouring];
  return { label: 'Role', help: 'What a layer is for: binary, float, pooling, merge, input and output' };
}
