import type { Problem } from '@shared/problem';
import type { TrainEvent } from '@shared/training/engine-event';
import { filterWarnings } from '@shared/training/filter-warnings';
import type { TrainableModel } from '../model/trainable-model';
import { FilterObserver } from './filter-snapshot';

const SECONDS = 2;

function keyOf({ code, node }: Problem): string {
  return `${code} ${node}`;
}

/** Shows the filters every few seconds of training, and warns of what is wrong with them, once for each layer and cause; not again what it was warned of `before`. */
export class FilterWatch {
  readonly #observer: FilterObserver;
  readonly #warned: Set<string>;
  #seconds = 0;

  constructor(
    model: TrainableModel,
    private readonly emit: (event: TrainEvent) => void,
    before: readonly Problem[],
  ) {
    this.#warned = new Set(before.map(keyOf));
    this.#observer = new FilterObserver(model);
  }

  /** Counts seconds of training; true when it is time to show the filters again. */
  isDue(seconds: number): boolean {
    this.#seconds += seconds;
    return this.#seconds >= SECONDS;
  }

  async show(step: number): Promise<void> {
    this.#seconds = 0;
    const event = await this.#observer.snapshot(step);
    if (!event) return;
    this.emit(event);
    for (const layer of event.layers) {
      for (const problem of filterWarnings(layer)) {
        const key = keyOf(problem);
        if (this.#warned.has(key)) continue;
        this.#warned.add(key);
        this.emit({ type: 'notice', step, problem });
      }
    }
  }
}
