import { fillBatch, inputSpec } from '@main/engine/data/preprocess';
import { openDataset } from '@main/engine/data/dataset';
import { inputNode, mcconvNodes } from '@shared/network/network';
import { weightName } from '@shared/network/weight-name';
import type { PackedModel } from '@shared/packed/packed-model';
import { createRuntime } from '@shared/packed/runtime/create-runtime';

const IMAGES = 500;

/** What replacing M-Filters by their means does to the logits: root mean square and largest change, both relative to their range. */
export interface MFilterWork {
  /** Layer whose M was replaced; "all" for all at once. */
  layer: string;
  rms: number;
  largest: number;
}

/** A copy of a model in which the M-Filters of some layers are constant: each value is the layer's mean. */
function withoutModulation(model: PackedModel, layers: readonly string[]): PackedModel {
  const weights = new Map(model.weights);
  for (const layer of layers) {
    const name = weightName(layer, 'M');
    const m = weights.get(name)!;
    const mean = m.reduce((sum, value) => sum + value, 0) / m.length;
    weights.set(name, new Float32Array(m.length).fill(mean));
  }
  return { ...model, weights };
}

function compare(layer: string, whole: Float32Array, flat: Float32Array): MFilterWork {
  let low = Infinity;
  let high = -Infinity;
  let squares = 0;
  let largest = 0;
  for (const [index, value] of whole.entries()) {
    const difference = Math.abs(value - flat[index]!);
    low = Math.min(low, value);
    high = Math.max(high, value);
    squares += difference * difference;
    largest = Math.max(largest, difference);
  }
  const range = high - low;
  return { layer, rms: Math.sqrt(squares / whole.length) / range, largest: largest / range };
}

/** Measures, layer by layer and for all at once, what the M-Filters of a model do on the first test images of MNIST. */
export async function mFilterWork(model: PackedModel): Promise<MFilterWork[]> {
  const { test } = await openDataset({
    data: 'mnist',
    resourcesDir: 'resources',
    limitTrain: 1,
    limitTest: IMAGES,
  });
  const spec = inputSpec(inputNode(model.network).values, model.data);
  const images = new Float32Array(IMAGES * spec.height * spec.width * spec.channels);
  fillBatch(
    test,
    Uint32Array.from({ length: IMAGES }, (_, index) => index),
    images,
    spec,
  );
  const logits = (changed: PackedModel): Float32Array =>
    createRuntime(changed).logits(images, IMAGES).slice();
  const whole = logits(model);
  const layers = mcconvNodes(model.network).map((node) => node.id);
  return [
    ...layers.map((layer) => compare(layer, whole, logits(withoutModulation(model, [layer])))),
    compare('all', whole, logits(withoutModulation(model, layers))),
  ];
}
