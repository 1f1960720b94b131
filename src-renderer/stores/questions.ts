import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

/** One of the answers to a question. */
export interface Answer<A extends string = string> {
  id: A;
  label: string;
  kind: 'primary' | 'plain' | 'danger' | 'quiet';
}

/** What a person must decide before something goes on. */
export interface Question<A extends string = string> {
  title: string;
  text: string;
  /** In the order of their buttons; leaving the question without one is always possible. */
  answers: readonly Answer<A>[];
}

interface Asked {
  question: Question;
  answer: (id: string | null) => void;
}

/** Questions of the window, one at a time. */
export const useQuestionsStore = defineStore('questions', () => {
  const asked = shallowRef<readonly Asked[]>([]);
  /** The one that is shown; null: none. */
  const current = computed(() => asked.value[0]?.question ?? null);

  /** Asks, after those that were asked before; null: the person left it open, so that nothing is to happen. */
  function ask<A extends string>(question: Question<A>): Promise<A | null> {
    return new Promise((resolve) => {
      asked.value = [...asked.value, { question, answer: resolve as (id: string | null) => void }];
    });
  }

  /** Answers the question that is shown. */
  function answer(id: string | null): void {
    const [first, ...others] = asked.value;
    asked.value = others;
    first?.answer(id);
  }

  return { current, ask, answer };
});
