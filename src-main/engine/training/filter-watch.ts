import type { Problem } from '@shared/problem';
import type { FiltersEvent, TrainEvent } from '@shared/training/engine-event';
import { areCopies } from '@shared/training/plane-correlation';
import type { TrainableModel } from '../model/trainable-model';
import { FilterObserver } from './filter-snapshot';

const SECONDS = 2;

function copiedPlanes({ name, node }: FiltersEvent['layers'][number], correlation: number): Problem {
  return {
    code: 'planes-equal',
    message: `The planes of the M-Filter of ${name} are copies of each other (mean correlation ${correlation.toFixed(5)}).`,
    fix: 'Start the M-Filters drawn instead of from ones.',
    node,
    severity: 'warning',
  };
}

/** Shows the filters every few seconds of training, and warns once of each layer whose planes are copies. */
export class FilterWatch {
  readonly #observer: FilterObserver;
  readonly #warned = new Set<string>();
  #seconds = 0;

  constructor(
    model: TrainableModel,
    private readonly emit: (event: TrainEvent) => void,
  ) {
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
      const { planeCorrelation } = layer;
      if (!areCopies(planeCorrelation) || this.#warned.has(layer.node)) continue;
      this.#warned.add(layer.node);
      this.emit({ type: 'notice', step, problem: copiedPlanes(layer, planeCorrelation) });
    }
  }
}
