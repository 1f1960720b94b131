import { computed, type ComputedRef } from 'vue';
import { useUiStore } from '../stores/ui';

const TOKENS = {
  bg: '--bg',
  panel: '--panel',
  raised: '--raised',
  line: '--line',
  lineStrong: '--line-strong',
  wire: '--wire',
  text: '--text',
  text2: '--text-2',
  text3: '--text-3',
  teal: '--teal',
  amber: '--amber',
  blueGray: '--blue-gray',
  violet: '--violet',
  red: '--red',
  green: '--green',
  gray: '--gray',
} as const;

/** The colours of the current theme as CSS text, for what is painted on a canvas. */
export type ThemeColours = Readonly<Record<keyof typeof TOKENS, string>>;

/** The element that wears a theme. */
function themedElement(theme: 'light' | 'dark'): Element {
  return document.querySelector(`[data-theme='${theme}']`) ?? document.documentElement;
}

/** By the store that says which theme there is: a window has one. */
const shared = new WeakMap<object, ComputedRef<ThemeColours>>();

/** Tokens read from the document, once for all who ask; changes with the theme. */
export function useThemeColours(): ComputedRef<ThemeColours> {
  const ui = useUiStore();
  let colours = shared.get(ui);
  if (!colours) {
    colours = computed(() => {
      // Asking for the theme makes this follow it: the tokens themselves are no reactive state.
      const element = themedElement(ui.resolvedTheme);
      const style = getComputedStyle(element);
      const entries = Object.entries(TOKENS).map(([key, token]) => [
        key,
        style.getPropertyValue(token).trim(),
      ]);
      return Object.fromEntries(entries) as ThemeColours;
    });
    shared.set(ui, colours);
  }
  return colours;
}
