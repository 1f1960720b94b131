import * as tf from '@tensorflow/tfjs-core';
import { StudioError } from '@shared/problem';
import { centerLoss, type CenterLoss, type Means } from './kernels/center-loss';

/** Running means of the features of every class, for the center loss. Owns its variables; {@link dispose} frees them. */
export class ClassMeans {
  readonly #values: tf.Variable;
  readonly #known: tf.Variable;

  /**
   * Means of classes that have not begun.
   * @param classes number of classes
   * @param features values of one image's features
   */
  constructor(
    readonly classes: number,
    readonly features: number,
  ) {
    this.#values = tf.tidy(() => tf.variable(tf.zeros([classes, features]), false));
    this.#known = tf.tidy(() => tf.variable(tf.zeros([classes, 1]), false));
  }

  /** The loss of a batch; see {@link centerLoss}. The means stay as they are until {@link update}. The caller disposes the result. */
  loss(features: tf.Tensor2D, oneHot: tf.Tensor2D): CenterLoss {
    return centerLoss(features, oneHot, {
      values: this.#values as tf.Tensor as tf.Tensor2D,
      known: this.#known as tf.Tensor as tf.Tensor2D,
    });
  }

  /** Takes over the means after a batch, which stay the caller's. */
  update({ values, known }: Means): void {
    this.#values.assign(values);
    this.#known.assign(known);
  }

  /** A copy of the means of the classes that have begun, by class index. */
  async read(): Promise<Map<string, Float32Array>> {
    const values = (await this.#values.data()) as Float32Array;
    const known = await this.#known.data();
    const means = new Map<string, Float32Array>();
    for (let index = 0; index < this.classes; index++) {
      if (known[index] === 0) continue;
      means.set(String(index), values.slice(index * this.features, (index + 1) * this.features));
    }
    return means;
  }

  /**
   * Takes over what {@link read} gave; all other classes have not begun.
   * @throws StudioError means-mismatch for a class or a number of features that the network does not have; nothing is changed then
   */
  write(means: ReadonlyMap<string, Float32Array>): void {
    const values = new Float32Array(this.classes * this.features);
    const known = new Float32Array(this.classes);
    for (const [name, mean] of means) {
      const index = Number(name);
      if (!(index < this.classes) || mean.length !== this.features) throw this.#mismatch(name, mean.length);
      values.set(mean, index * this.features);
      known[index] = 1;
    }
    tf.tidy(() => {
      this.#values.assign(tf.tensor2d(values, [this.classes, this.features]));
      this.#known.assign(tf.tensor2d(known, [this.classes, 1]));
    });
  }

  dispose(): void {
    tf.dispose([this.#values, this.#known]);
  }

  #mismatch(name: string, length: number): StudioError {
    return new StudioError({
      code: 'means-mismatch',
      message: `The checkpoint holds a mean of ${length} features for class ${name}; the network has ${this.features} features and ${this.classes} classes.`,
      fix: 'It belongs to another design; choose a checkpoint of this run.',
    });
  }
}
