import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AA_TEXT, contrast } from '@renderer/theme/contrast';
import type { Rgb } from '@renderer/theme/data-colours';

const css = readFileSync(new URL('../../../../src-renderer/theme/tokens.css', import.meta.url), 'utf8');

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** The hexadecimal colours that a theme's block sets. */
function tokensOf(theme: 'light' | 'dark'): Record<string, Rgb> {
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, rgb(match[2]!)]),
  );
}

const SURFACES = ['bg', 'panel', 'raised'];
const WORDS = ['text', 'text-2', 'text-3', 'teal', 'amber', 'blue-gray', 'violet', 'red', 'green'];

describe.each(['light', 'dark'] as const)('tokens of the %s theme', (theme) => {
  const tokens = tokensOf(theme);

  it.each(SURFACES.flatMap((surface) => WORDS.map((word) => [word, surface] as const)))(
    'lets %s be read on %s',
    (word, surface) => {
      expect(contrast(tokens[word]!, tokens[surface]!)).toBeGreaterThanOrEqual(AA_TEXT);
    },
  );

  it.each(['teal', 'accent-hover'])('lets the words of a primary button be read on %s', (accent) => {
    expect(contrast(tokens['on-accent']!, tokens[accent]!)).toBeGreaterThanOrEqual(AA_TEXT);
  });

  it('tells node colours from the panel at the contrast that graphics need', () => {
    for (const colour of ['teal', 'blue-gray', 'violet', 'amber', 'gray']) {
      expect(contrast(tokens[colour]!, tokens.panel!)).toBeGreaterThanOrEqual(3);
    }
  });
});

it('has the same colours in both themes', () => {
  expect(Object.keys(tokensOf('dark')).sort()).toEqual(Object.keys(tokensOf('light')).sort());
});
