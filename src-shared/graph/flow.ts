/** Which way a design runs when it is laid out: from left to right, or from top to bottom. */
export const FLOWS = ['right', 'down'] as const;
export type Flow = (typeof FLOWS)[number];

/** The flow of a design; one that names none runs to the right. */
export function flowOf(document: { readonly flow?: Flow }): Flow {
  return document.flow ?? 'right';
}
