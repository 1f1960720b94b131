import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { computed, effectScope } from 'vue';
import type { Family } from '@shared/graph/family';
import { emptyDocument } from '@shared/graph/document';
import { useProjectStore } from '@renderer/stores/project';
import { cardLabel } from '@renderer/designer/cards/card-label';
import { markWords } from '@renderer/designer/cards/twin-mark';
import { useShown, type Shown } from '@renderer/designer/state/use-shown';
import { choiceOf, useTwins, type Twins } from '@renderer/designer/twins/use-twins';

interface Room {
  store: ReturnType<typeof useProjectStore>;
  twins: Twins;
  shown: Shown;
}

/** A window with a template open. */
function room(preset = 'mcn-mnist-tiny'): Room {
  const store = useProjectStore();
  store.openPreset(preset);
  const scope = effectScope();
  onTestFinished(() => {
    scope.stop();
  });
  return scope.run(() => {
    const document = computed(() => store.project?.document ?? emptyDocument());
    const twins = useTwins(document);
    const problems = computed(() => store.problems);
    return { store, twins, shown: useShown(document, problems, twins.before) };
  })!;
}

function words({ shown }: Room, id: string): string[] | null {
  const twin = shown.modelOf(id)!.twin;
  return twin && markWords(twin);
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  setActivePinia(createPinia());
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
});

describe('a design that is switched to another twin', () => {
  it('tells on the cards that differ what they were', () => {
    const own = room();
    expect(words(own, 'mc2')).toBeNull();
    own.store.setFamily('wrn');
    expect(own.twins.before.value).toBe('mcn');
    expect(words(own, 'mc2')).toEqual(['MCN 1.05 kB', '2.0 M']);
    expect(words(own, 'pool1')).toBeNull();
    expect(cardLabel(own.shown.modelOf('mc2')!)).toContain('against MCN 1.05 kB, 2.0 M multiply-adds');
    own.store.setFamily('umcn');
    expect(words(own, 'mc2')).toEqual(['WRN 115 kB', '7.4 M']);
  });

  it('is quiet again when that is dismissed, the design changes, or another one is shown', () => {
    const own = room();
    const { store, twins } = own;
    const leave: (() => void)[] = [
      twins.dismiss,
      () => {
        store.apply({ kind: 'set-field', node: 'mc1', field: 'maps', value: 12 });
      },
      () => {
        store.openPreset('mcn-20');
      },
    ];
    for (const step of leave) {
      store.setFamily(store.family === 'wrn' ? 'mcn' : 'wrn');
      expect(twins.before.value).not.toBeNull();
      step();
      expect(twins.before.value).toBeNull();
    }
    expect(words(own, 'stage1')).toBeNull();
  });

  it('follows undo', () => {
    const { store, twins } = room();
    store.setFamily('wrn');
    store.undo();
    expect([store.family, twins.before.value]).toEqual(['mcn', 'wrn']);
  });

  it('marks open blocks and the parts that both twins have', () => {
    const own = room('mcn-20');
    own.store.apply({ kind: 'set-open', node: 'stage1', open: true });
    own.store.setFamily('umcn');
    expect(words(own, 'stage1')![0]).toMatch(/^MCN /);
    expect(words(own, 'stage1/block1')![0]).toMatch(/^MCN /);
  });
});

it('two twins are one choice, whichever comes first', () => {
  const pairs: [Family, Family][] = [
    ['mcn', 'wrn'],
    ['wrn', 'mcn'],
    ['umcn', 'mcn'],
  ];
  expect(pairs.map(([a, b]) => choiceOf(a, b))).toEqual(['mcn-wrn', 'mcn-wrn', 'mcn-umcn']);
});
