type Floats = Float32Array;

/** Floats that may be absent. */
type Optional = Float32Array | null;

/** Updates a weight and the two slots of its optimizer. */
export type TwoSlotUpdate = (
  dims: Int32Array,
  constants: Float64Array,
  w: Floats,
  gradient: Floats,
  first: Floats,
  second: Floats,
  newW: Floats,
  newFirst: Floats,
  newSecond: Floats,
) => void;

/**
 * The functions of the addon (native/addon.cc). Arrays are by position and stay the caller's; outputs are written, their old contents do
 * not matter. Every length is checked: a RangeError names the array that does not fit.
 *
 * Dims of the functions that move a window: [batch, height, width, channels, size, stride, outputs, planes, relu]. Convolutions and
 * their gradients have a tenth: the side of the max-pooling windows that pooled and index, or dy and dyIndex, belong to; 0 for none.
 */
export interface NativeKernels {
  modulatedConv(
    dims: Int32Array,
    x: Floats,
    scale: Optional,
    shift: Optional,
    chat: Floats,
    m: Floats,
    y: Floats,
    mean: Optional,
    variance: Optional,
    poolScale: Optional,
    pooled: Optional,
    index: Uint8Array | null,
  ): void;
  modulatedConvGrad(
    dims: Int32Array,
    x: Floats,
    scale: Optional,
    shift: Optional,
    chat: Floats,
    m: Floats,
    dy: Floats,
    dyIndex: Uint8Array | null,
    dyX: Optional,
    dyA: Optional,
    dyB: Optional,
    dyC: Optional,
    dChat: Floats,
    dM: Floats,
    dx: Optional,
    center: Optional,
    sum: Optional,
    sumX: Optional,
  ): void;
  conv(
    dims: Int32Array,
    x: Floats,
    scale: Optional,
    shift: Optional,
    filter: Floats,
    y: Floats,
    mean: Optional,
    variance: Optional,
    poolScale: Optional,
    pooled: Optional,
    index: Uint8Array | null,
  ): void;
  convGrad(
    dims: Int32Array,
    x: Floats,
    scale: Optional,
    shift: Optional,
    filter: Floats,
    dy: Floats,
    dyIndex: Uint8Array | null,
    dyX: Optional,
    dyA: Optional,
    dyB: Optional,
    dyC: Optional,
    dFilter: Floats,
    dx: Optional,
    center: Optional,
    sum: Optional,
    sumX: Optional,
  ): void;
  maxPool(dims: Int32Array, x: Floats, scale: Optional, y: Floats, index: Uint8Array): void;
  maxUnpool(dims: Int32Array, dy: Floats, index: Uint8Array, dx: Floats): void;
  averagePool(dims: Int32Array, x: Floats, y: Floats): void;
  averagePoolGrad(dims: Int32Array, dy: Floats, dx: Floats): void;
  /** dims [rows, inner, columns, transposeA, transposeB] */
  matMul(dims: Int32Array, a: Floats, b: Floats, c: Floats): void;
  /** dims [rows, channels] */
  statistics(dims: Int32Array, x: Floats, mean: Floats, variance: Floats): void;
  /** dims [rows, channels, relu] */
  normalize(dims: Int32Array, x: Floats, scale: Optional, shift: Optional, y: Floats): void;
  /** dims [rows, channels, relu] */
  normalizeGrad(
    dims: Int32Array,
    x: Floats,
    scale: Floats,
    shift: Floats,
    dy: Floats,
    d: Floats,
    center: Floats,
    sum: Floats,
    sumX: Floats,
  ): void;
  /** dims [batch, height, width, channels, pool], `pool` as for convolutions */
  combineGradients(
    dims: Int32Array,
    dy: Floats,
    dyIndex: Uint8Array | null,
    x: Optional,
    a: Optional,
    b: Optional,
    c: Optional,
    other: Optional,
    y: Floats,
  ): void;
  /** dims [rows, channels] */
  addWithStatistics(
    dims: Int32Array,
    a: Floats,
    b: Floats,
    y: Floats,
    mean: Optional,
    variance: Optional,
  ): void;
  /** dims [count, absolute], rates [rate, momentum, decay] */
  sgd(
    dims: Int32Array,
    rates: Float64Array,
    w: Floats,
    gradient: Floats,
    slot: Floats,
    newW: Floats,
    newSlot: Floats,
  ): void;
  /** dims [count, absolute], constants [decay, rate / (1 - beta1^t), 1 / sqrt(1 - beta2^t), epsilon, beta1, beta2] */
  adam: TwoSlotUpdate;
  /** dims [count, absolute], constants [decay, rate, epsilon, rho] */
  adadelta: TwoSlotUpdate;
  /** dims [count]; check becomes 0 where all values are finite numbers, NaN otherwise */
  finite(dims: Int32Array, x: Floats, check: Floats): void;
  /** dims [taps, perTap, planes, summed], theta [weight of the loss] */
  filterLoss(
    dims: Int32Array,
    theta: Float64Array,
    c: Floats,
    chat: Floats,
    m: Floats,
    baseC: Optional,
    baseM: Optional,
    value: Floats,
    dC: Floats,
    dM: Floats,
  ): void;
  /** dims [count, centers] */
  binarize(dims: Int32Array, c: Floats, centers: Floats, chat: Floats): void;
  /** dims [count, stream0, stream1, key0, key1] with the four words of the key as signed numbers, rate [share] */
  dropout(dims: Int32Array, rate: Float64Array, x: Floats, y: Floats): void;
  /** dims [rows, xChannels, yChannels, from, to, count]: channels from .. of x to channels to .. of y, zeros around them */
  copyChannels(dims: Int32Array, x: Floats, y: Floats): void;

  /** The instruction set in use: the best that this processor has. */
  isa(): string;
  /** Threads that compute, the calling one included. Results do not depend on them. */
  threads(): number;
  setThreads(count: number): void;
  /** Bytes from the beginning of a buffer to the first address that is a multiple of 64. */
  alignment(buffer: ArrayBuffer): number;
}
