import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { closedBlocks, journeys } from '../e2e/problem-journeys';

const SHARED = fileURLToPath(new URL('../../src-shared', import.meta.url));
/** Where everything lies that says what is wrong with a design. */
const ROOMS = ['network', 'ops', 'blocks', 'fields'];
/** Told elsewhere: of a network that was stored, of losses in the recipe, and why a design has no width and depth to turn. */
const ELSEWHERE = ['network-invalid', 'center-loss-no-convolution', 'residual-errors', 'residual-branches'];
const CODE = /\b(?:code: |refused\()['`]([a-z$][\w${}-]*)['`]/g;

/** The codes in a source text; those made for both ends of a design stand there once, with a hole. */
function codesIn(text: string): string[] {
  return [...text.matchAll(CODE)].flatMap(([, code]) =>
    code!.includes('${type}') ? ['input', 'output'].map((end) => code!.replace('${type}', end)) : [code!],
  );
}

function codesOfDesigns(): string[] {
  const files = ROOMS.flatMap((room) =>
    readdirSync(join(SHARED, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(SHARED, room, name)),
  );
  const found = files.flatMap((file) => codesIn(readFileSync(file, 'utf8')));
  return [...new Set(found)].filter((code) => !ELSEWHERE.includes(code)).sort();
}

it('every kind of problem of a design has a journey through the window that makes and solves it', () => {
  const travelled = [...Object.values(journeys).flat(), ...closedBlocks].map(({ code }) => code);
  expect(travelled.toSorted()).toEqual(codesOfDesigns());
});
