import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';

/** Where kernels find and make tensors. */
export interface TensorMemory {
  /** A new tensor whose values are not set; the engine owns it. */
  allocate(shape: readonly number[], dtype: DataType): TensorInfo;
  /** The values of a tensor in place; keep no reference to them. */
  values(tensor: TensorInfo): Float32Array | Uint8Array | Int32Array;
}

/** Inputs of a kernel by name; what is optional may be missing. */
export type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

export type Attributes = Readonly<Record<string, unknown>>;

/** Reads inputs and makes outputs of one kernel call. */
export class KernelCall {
  constructor(
    readonly memory: TensorMemory,
    readonly inputs: Inputs,
    readonly attributes: Attributes,
  ) {}

  /** The tensor of an input. */
  tensor(name: string): TensorInfo {
    const tensor = this.inputs[name];
    if (!tensor) throw new Error(`A kernel was called without its input ${name}`);
    return tensor;
  }

  floats(name: string): Float32Array {
    return this.of(this.tensor(name));
  }

  /** Values of an input that may be absent. */
  optional(name: string): Float32Array | null {
    const tensor = this.inputs[name];
    return tensor ? this.of(tensor) : null;
  }

  /** As {@link optional}, for bytes. */
  optionalBytes(name: string): Uint8Array | null {
    const tensor = this.inputs[name];
    return tensor ? this.bytes(tensor) : null;
  }

  of(tensor: TensorInfo): Float32Array {
    return this.memory.values(tensor) as Float32Array;
  }

  bytes(tensor: TensorInfo): Uint8Array {
    return this.memory.values(tensor) as Uint8Array;
  }

  make(shape: readonly number[], dtype: DataType = 'float32'): TensorInfo {
    return this.memory.allocate(shape, dtype);
  }

  flag(name: string): boolean {
    return this.attributes[name] === true;
  }

  number(name: string): number {
    return this.attributes[name] as number;
  }
}

/** Values of a tensor. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}
