import * as tf from '@tensorflow/tfjs-core';

/**
 * Counts the bytes that tensors of the active backend hold, tensors that share their memory once: what tf.memory() adds up for each.
 * Counting begins with what is made after it was started.
 */
export class LiveBytes {
  readonly #bytes = new Map<object, number>();
  readonly #restore: () => void;
  #depth = 0;

  /** @param onKernel sees the name of every kernel that is about to run, but not those that it is composed of */
  constructor(onKernel?: (name: string, live: number) => void) {
    const engine = tf.engine();
    const backend = tf.backend();
    const { trackTensor, runKernel } = engine;
    const { disposeData } = backend;
    engine.trackTensor = (tensor, owner) => {
      if (!engine.state.tensorInfo.has(tensor.dataId))
        this.#bytes.set(tensor.dataId, tensor.size * tf.util.bytesPerElement(tensor.dtype));
      trackTensor.call(engine, tensor, owner);
    };
    backend.disposeData = (dataId, force) => {
      const freed = disposeData.call(backend, dataId, force);
      if (freed) this.#bytes.delete(dataId);
      return freed;
    };
    engine.runKernel = ((name: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap) => {
      if (this.#depth === 0) onKernel?.(name, this.count);
      this.#depth += 1;
      try {
        return runKernel.call(engine, name, inputs, attributes);
      } finally {
        this.#depth -= 1;
      }
    }) as typeof engine.runKernel;
    this.#restore = () => {
      Object.assign(engine, { trackTensor, runKernel });
      backend.disposeData = disposeData;
    };
  }

  /** Bytes held now. */
  get count(): number {
    return [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  stop(): void {
    this.#restore();
  }
}
