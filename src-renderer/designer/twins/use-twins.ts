import { readonly, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { GraphDocument } from '@shared/graph/document';
import type { Family } from '@shared/graph/family';
import { useProjectStore } from '../../stores/project';

/** Which twins are compared, or all three. */
export const TWIN_CHOICES = {
  all: ['mcn', 'umcn', 'wrn'],
  'mcn-umcn': ['mcn', 'umcn'],
  'mcn-wrn': ['mcn', 'wrn'],
  'umcn-wrn': ['umcn', 'wrn'],
} as const satisfies Record<string, readonly Family[]>;
export type TwinChoice = keyof typeof TWIN_CHOICES;

/** The comparison of the twins of a design. */
export interface Twins {
  /** Whether it is shown layer by layer. */
  comparing: Ref<boolean>;
  choice: Ref<TwinChoice>;
  /** Shows it, of these twins or of those that were chosen last. */
  compare(choice?: TwinChoice): void;
  /** The twin that the design was switched from, which the cards tell of until the design is changed; null: none. */
  before: Readonly<Ref<Family | null>>;
  dismiss(): void;
}

/** The choice that has two twins and no other one. */
export function choiceOf(a: Family, b: Family): TwinChoice {
  const choices = Object.entries(TWIN_CHOICES) as [TwinChoice, readonly Family[]][];
  const found = choices.find(
    ([, families]) => families.length === 2 && families.includes(a) && families.includes(b),
  );
  return found?.[0] ?? 'all';
}

/** Follows the twin of the open project's design. */
export function useTwins(document: ComputedRef<GraphDocument>): Twins {
  const store = useProjectStore();
  const comparing = ref(false);
  const choice = ref<TwinChoice>('all');
  const before = shallowRef<Family | null>(null);

  watch(
    [() => store.family, document, () => store.shown],
    ([, design, shown], [family, designBefore, shownBefore]) => {
      before.value = design === designBefore && shown === shownBefore ? family : null;
    },
    { flush: 'sync' },
  );

  return {
    comparing,
    choice,
    compare: (wanted) => {
      if (wanted) choice.value = wanted;
      comparing.value = true;
    },
    before: readonly(before),
    dismiss: () => {
      before.value = null;
    },
  };
}
