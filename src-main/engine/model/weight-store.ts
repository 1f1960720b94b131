import * as tf from '@tensorflow/tfjs-core';
import type { NetworkNode, Network } from '@shared/network/network';
import type { WeightSpec } from '@shared/ops/definition';
import { nodeWeights } from '@shared/network/profile';
import { weightName } from '@shared/network/weight-name';
import { StudioError } from '@shared/problem';
import { initialWeight, type ModulationStart } from './initial-weight';

/** One weight tensor of a layer: its specification and the variable that holds it. */
export interface Weight {
  /** "layer/weight": the name in checkpoints. */
  name: string;
  node: NetworkNode;
  spec: WeightSpec;
  variable: tf.Variable;
}

/** All weights of a network as variables on the device. Owns them; {@link dispose} frees them. */
export class WeightStore {
  readonly weights: readonly Weight[];
  readonly #byName: ReadonlyMap<string, Weight>;

  /** Draws the starting values: every weight is a function of (seed, layer, weight). */
  constructor(network: Network, seed: number, modulationStart: ModulationStart) {
    this.weights = network.nodes.flatMap((node) =>
      nodeWeights(node).map((spec) => {
        const name = weightName(node.id, spec.name);
        const values = initialWeight(spec, seed, name, modulationStart);
        const variable = tf.tidy(() => tf.variable(tf.tensor(values, [...spec.shape]), spec.trainable));
        return { name, node, spec, variable };
      }),
    );
    this.#byName = new Map(this.weights.map((weight) => [weight.name, weight]));
  }

  /** The variable of a layer's weight. */
  get(nodeId: string, weight: string): tf.Variable {
    const found = this.#byName.get(weightName(nodeId, weight));
    if (!found) throw new Error(`Layer ${nodeId} has no weight ${weight}`);
    return found.variable;
  }

  /** A copy of every value, by name. */
  async read(): Promise<Map<string, Float32Array>> {
    const values = new Map<string, Float32Array>();
    for (const { name, variable } of this.weights) values.set(name, Float32Array.from(await variable.data()));
    return values;
  }

  /**
   * Takes over values by name.
   * @throws StudioError weights-mismatch when one is missing or has another size; nothing is changed then
   */
  write(values: ReadonlyMap<string, Float32Array>): void {
    for (const { name, spec } of this.weights) {
      const size = spec.shape.reduce((product, axis) => product * axis, 1);
      if (values.get(name)?.length === size) continue;
      throw new StudioError({
        code: 'weights-mismatch',
        message: `The checkpoint ${values.has(name) ? `holds ${values.get(name)!.length} values` : 'has nothing'} for ${name}; the network needs ${size}.`,
        fix: 'It belongs to another design; choose a checkpoint of this run.',
      });
    }
    for (const { name, spec, variable } of this.weights) {
      tf.tidy(() => {
        variable.assign(tf.tensor(values.get(name)!, [...spec.shape]));
      });
    }
  }

  dispose(): void {
    for (const { variable } of this.weights) variable.dispose();
  }
}
