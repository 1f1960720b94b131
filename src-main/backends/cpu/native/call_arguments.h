#pragma once
#include "arguments.h"
#include "call.h"

/** Arguments that several functions of the addon take, read from a call and checked against each other. */

/** [batch, height, width, channels, size, stride, outputs, planes, relu, pool]; `pool` is told with convolutions only. */
struct ConvDims {
  Window window;
  int outputs, planes, pool = 0;
  bool relu;

  /** @param largest window that the kernel takes */
  explicit ConvDims(Call& call, int count = 9, int largest = 15) {
    const int* d = call.dims(count);
    if (!d) return;
    window.batch = d[0];
    window.height = d[1];
    window.width = d[2];
    window.channels = d[3];
    window.size = d[4];
    window.stride = d[5];
    outputs = d[6];
    planes = d[7];
    relu = d[8] != 0;
    if (count > 9) pool = d[9];
    call.require(d[0] >= 0 && d[1] > 0 && d[2] > 0 && d[3] > 0, "dims name an empty image");
    call.require(d[4] >= 1 && d[4] <= largest && d[5] >= 1 && d[5] <= 4096, "dims name a window that is not supported");
    call.require(d[6] >= 0 && d[7] >= 1 && d[7] <= 8, "dims name maps or planes that are not supported");
  }

  int64_t inputs() const { return int64_t{1} * window.batch * window.height * window.width * window.channels; }
  int64_t outs(int64_t channels) const { return int64_t{1} * window.batch * window.outHeight() * window.outWidth() * channels; }
  int64_t taps() const { return int64_t{1} * window.size * window.size; }
};

inline Normalization normalization(Call& call, int channels, bool relu) {
  Normalization norm;
  norm.scale = call.optionalFloats("scale", channels);
  norm.shift = call.optionalFloats("shift", channels);
  norm.relu = relu && norm.scale != nullptr;
  call.require(!norm.scale == !norm.shift, "scale and shift belong together");
  return norm;
}

/** @param pool side of the pooling windows that dy belongs to; 0: dy belongs to the image itself */
inline Gradient gradient(Call& call, int batch, int height, int width, int channels, int pool) {
  Gradient g;
  const int64_t size = int64_t{1} * batch * height * width * channels;
  call.require(pool >= 0 && pool <= 15, "dims name a pooling window that is not supported");
  if (pool > 0) g.pool = {batch, height, width, channels, pool, pool};
  const int64_t pooled = pool > 0 ? int64_t{1} * batch * g.pool.outHeight() * g.pool.outWidth() * channels : size;
  g.dy = call.floats("dy", pooled);
  g.index = call.optionalBytes("dyIndex", pooled);
  g.x = call.optionalFloats("dyX", size);
  g.a = call.optionalFloats("dyA", channels);
  g.b = call.optionalFloats("dyB", channels);
  g.c = call.optionalFloats("dyC", channels);
  call.require((pool > 0) == (g.index != nullptr), "a pooling window and dyIndex belong together");
  call.require(!g.x == !g.a && !g.x == !g.b && !g.x == !g.c, "dyX, dyA, dyB and dyC belong together");
  return g;
}

inline Gradient gradientOf(Call& call, const ConvDims& d, int channels) {
  return gradient(call, d.window.batch, d.window.outHeight(), d.window.outWidth(), channels, d.pool);
}

inline Reduction reduction(Call& call, int channels, const Normalization& norm) {
  Reduction r;
  r.center = call.optionalFloats("center", channels);
  r.sum = call.optionalFloats("sum", channels);
  r.sumX = call.optionalFloats("sumX", channels);
  call.require(!r.sum == !r.sumX && (!r.sum || (r.center && norm.scale)), "a reduction needs scale, shift, center, sum and sumX");
  return r;
}

inline Statistics statistics(Call& call, int channels) {
  Statistics s;
  s.mean = call.optionalFloats("mean", channels);
  s.variance = call.optionalFloats("variance", channels);
  call.require(!s.mean == !s.variance, "mean and variance belong together");
  return s;
}

/** Pooling along with a convolution's output, where dims name windows for it. */
inline MaxPoolArguments pooling(Call& call, const ConvDims& d, int channels, const float* y) {
  MaxPoolArguments p;
  call.require(d.pool >= 0 && d.pool <= 15, "dims name a pooling window that is not supported");
  if (d.pool > 0) p.window = {d.window.batch, d.window.outHeight(), d.window.outWidth(), channels, d.pool, d.pool};
  const int64_t size = d.pool > 0 ? int64_t{1} * p.window.batch * p.window.outHeight() * p.window.outWidth() * channels : 0;
  p.x = y;
  p.scale = call.optionalFloats("poolScale", channels);
  p.y = call.optionalFloats("pooled", size);
  p.index = call.optionalBytes("index", size);
  call.require(!p.y == !p.index && (d.pool > 0) == (p.y != nullptr), "a pooling window, pooled and index belong together");
  return p;
}
