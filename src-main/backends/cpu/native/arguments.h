#pragma once
#include <cstdint>

/** What kernels take. All memory belongs to the caller; sizes were checked by it. Activations are NHWC, channel = map * planes + plane. */

/** A value per channel applied while reading: act(scale * x + shift). Absent when scale is null. */
struct Normalization {
  const float* scale = nullptr;
  const float* shift = nullptr;
  bool relu = false;
};


/** Mean and biased variance per channel to be written; absent when mean is null. */
struct Statistics {
  float* mean = nullptr;
  float* variance = nullptr;
};

/** sum(d) and sum(d * (x - center)) per channel to be written, d being the masked gradient; absent when sum is null. */
struct Reduction {
  const float* center = nullptr;
  float* sum = nullptr;
  float* sumX = nullptr;
};

/** A window that moves over images with SAME padding. */
struct Window {
  int batch = 0, height = 0, width = 0, channels = 0;
  int size = 0, stride = 1;

  int outHeight() const { return (height + stride - 1) / stride; }
  int outWidth() const { return (width + stride - 1) / stride; }
  int beforeY() const { return before(height, outHeight()); }
  int beforeX() const { return before(width, outWidth()); }

 private:
  int before(int extent, int out) const {
    const int total = (out - 1) * stride + size - extent;
    return total > 0 ? total / 2 : 0;
  }
};

/**
 * A gradient, as it is or still to be computed while reading.
 * With x: a * dy + b * x + c per channel. With index: dy belongs to what a max pooling made of it, whose windows lie side by side (size
 * and stride of `pool` are the same); each dy goes to the place in its window that the index tells, all other places have none.
 */
struct Gradient {
  const float* dy = nullptr;
  const float* x = nullptr;
  const float* a = nullptr;
  const float* b = nullptr;
  const float* c = nullptr;
  const uint8_t* index = nullptr;
  Window pool;
};

/**
 * Max pooling of values that are still to be scaled: y is the value whose scale * x is the largest of its window (x itself without a
 * scale), index where the first of them stands, row * size + column.
 */
struct MaxPoolArguments {
  Window window;
  const float* x = nullptr;
  const float* scale = nullptr;
  float* y = nullptr;
  uint8_t* index = nullptr;
};

/** MCconv (Eq. 7-9), and max pooling of y while it is in the cache where `pooling` has a y: chat [y, x, g * K + c, h], m [K, y, x]. */
struct ModulatedConvArguments {
  Window window;
  int maps = 0, planes = 0;
  const float* x = nullptr;
  Normalization norm;
  const float* chat = nullptr;
  const float* m = nullptr;
  float* y = nullptr;
  Statistics statistics;
  MaxPoolArguments pooling;
};

/** Gradients of MCconv; dx may be null. */
struct ModulatedConvGradArguments {
  Window window;
  int maps = 0, planes = 0;
  const float* x = nullptr;
  Normalization norm;
  const float* chat = nullptr;
  const float* m = nullptr;
  Gradient gradient;
  float* dChat = nullptr;
  float* dM = nullptr;
  float* dx = nullptr;
  Reduction reduction;
};

/** Ordinary convolution, and pooling as above: filter [y, x, channel, n]. */
struct ConvArguments {
  Window window;
  int outputs = 0;
  const float* x = nullptr;
  Normalization norm;
  const float* filter = nullptr;
  float* y = nullptr;
  Statistics statistics;
  MaxPoolArguments pooling;
};

/** Gradients of an ordinary convolution; dx may be null. */
struct ConvGradArguments {
  Window window;
  int outputs = 0;
  const float* x = nullptr;
  Normalization norm;
  const float* filter = nullptr;
  Gradient gradient;
  float* dFilter = nullptr;
  float* dx = nullptr;
  Reduction reduction;
};

/** c [rows, columns] = op(a) op(b), row-major; `inner` is the axis that is summed over. */
struct MatMulArguments {
  int rows = 0, inner = 0, columns = 0;
  bool transposeA = false, transposeB = false;
  const float* a = nullptr;
  const float* b = nullptr;
  float* c = nullptr;
};

/** Rows of channels, one operation per value; `width` of them are a row of an image, where that matters. */
struct RowsArguments {
  int64_t rows = 0;
  int channels = 0, width = 1;
  const float* x = nullptr;
  Normalization norm;
  Gradient gradient;
  const float* other = nullptr;
  float* y = nullptr;
  Statistics statistics;
  Reduction reduction;
};

/** The gradient of max pooling: each dy at its place in dx, added up where windows overlap. */
struct MaxUnpoolArguments {
  Window window;
  const float* dy = nullptr;
  const uint8_t* index = nullptr;
  float* dx = nullptr;
};

/** Mean over the part of each window that lies inside the image, forward (x to y) or backward (dy in x, dx in y). */
struct AveragePoolArguments {
  Window window;
  const float* x = nullptr;
  float* y = nullptr;
};

/** One SGD step with Nesterov momentum. */
struct SgdArguments {
  int64_t count = 0;
  const float* w = nullptr;
  const float* gradient = nullptr;
  const float* slot = nullptr;
  float rate = 0, momentum = 0, decay = 0;
  bool absolute = false;
  float* newW = nullptr;
  float* newSlot = nullptr;
};

/** A weight, its gradient and the two slots of its optimizer, before and after. */
struct TwoSlotArguments {
  int64_t count = 0;
  const float* w = nullptr;
  const float* gradient = nullptr;
  const float* first = nullptr;
  const float* second = nullptr;
  float decay = 0;
  bool absolute = false;
  float* newW = nullptr;
  float* newFirst = nullptr;
  float* newSecond = nullptr;
};

/** pace = rate / (1 - beta1^t), correction = 1 / sqrt(1 - beta2^t); keep and take are beta and 1 - beta. */
struct AdamArguments {
  TwoSlotArguments weight;
  float pace = 0, correction = 1, epsilon = 0;
  float keepFirst = 0, takeFirst = 1, keepSecond = 0, takeSecond = 1;
};

/** keep and take are rho and 1 - rho. */
struct AdadeltaArguments {
  TwoSlotArguments weight;
  float rate = 0, epsilon = 0;
  float keep = 0, take = 1;
};

/** check: 0 where all values are finite numbers, else none itself. */
struct FiniteArguments {
  int64_t count = 0;
  const float* x = nullptr;
  float* check = nullptr;
};

/** Filter loss of one layer: c and chat [taps, per tap], m [planes, taps]. Gradients are base + theta times those for theta = 1. */
struct FilterLossArguments {
  int taps = 0, perTap = 0, planes = 0;
  bool summed = false;
  float theta = 1;
  const float* baseC = nullptr;
  const float* baseM = nullptr;
  const float* c = nullptr;
  const float* chat = nullptr;
  const float* m = nullptr;
  float* value = nullptr;
  float* dC = nullptr;
  float* dM = nullptr;
};

/** Nearest center, the higher one on a tie. */
struct BinarizeArguments {
  int64_t count = 0;
  int centers = 0;
  const float* c = nullptr;
  const float* center = nullptr;
  float* chat = nullptr;
};

/** Inverted dropout with the draws of one stream: key is [stream0, stream1, key0, key1]. */
struct DropoutArguments {
  int64_t count = 0;
  double rate = 0;
  const uint32_t* key = nullptr;
  const float* x = nullptr;
  float* y = nullptr;
};

/** Rows of channels copied: y[row][to .. to + count) = x[row][from .. from + count), the rest of y's row zeros. */
struct CopyChannelsArguments {
  int64_t rows = 0;
  int xChannels = 0, yChannels = 0, from = 0, to = 0, count = 0;
  const float* x = nullptr;
  float* y = nullptr;
};
