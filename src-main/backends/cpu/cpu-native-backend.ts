import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { util, type backend_util, type DataType, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BufferPool } from './buffer-pool';
import type { TensorMemory } from './kernels/tensor-memory';

type Values = Float32Array | Int32Array | Uint8Array;

const CONSTRUCTORS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/**
 * tfjs's cpu backend with memory of its own: each tensor in a typed array from a pool, so that there is no end at 4 GiB and no memory is
 * made anew in every step. Kernels that are not native are those of the cpu backend, on the same arrays.
 *
 * What leaves the backend (data(), dataSync()) is a copy, and an array that a kernel hands over as a view of another tensor's memory is
 * copied as well: the pool may give memory to the next tensor as soon as its owner is disposed.
 */
export class CpuNativeBackend extends MathBackendCPU implements TensorMemory {
  constructor(readonly pool: BufferPool) {
    super();
  }

  allocate(shape: readonly number[], dtype: DataType): TensorInfo {
    const Constructor = CONSTRUCTORS[dtype as keyof typeof CONSTRUCTORS];
    const length = util.sizeFromShape([...shape]);
    const block = this.pool.take(length * Constructor.BYTES_PER_ELEMENT);
    const values = new Constructor(block.buffer, block.byteOffset, length);
    return { dataId: this.#hold(values, dtype), shape: [...shape], dtype };
  }

  values(tensor: TensorInfo): Values {
    return this.data.get(tensor.dataId).values as Values;
  }

  override write(values: backend_util.BackendValues, _shape: number[], dtype: DataType): object {
    const shared = ArrayBuffer.isView(values) && this.pool.owns(values.buffer);
    return this.#hold(shared ? (values as Values).slice() : values, dtype);
  }

  override readSync(dataId: object): backend_util.BackendValues {
    const values = super.readSync(dataId);
    return ArrayBuffer.isView(values) && this.pool.owns(values.buffer) ? (values as Values).slice() : values;
  }

  override disposeData(dataId: object, force = false): boolean {
    const held = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
    const freed = super.disposeData(dataId, force);
    if (freed && ArrayBuffer.isView(held)) {
      this.pool.give(new Uint8Array(held.buffer, held.byteOffset, held.byteLength));
    }
    return freed;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: false, reasons: [] };
  }

  #hold(values: backend_util.BackendValues, dtype: DataType): object {
    const dataId = {};
    this.data.set(dataId, { values, dtype, refCount: 1 });
    return dataId;
  }
}
