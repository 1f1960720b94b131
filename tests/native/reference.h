#pragma once
#include "arguments.h"
#include "expectation.h"

/** The kernels written down as their formulas, in double, one loop per index: nothing shared with what they check. */

inline double act(const Normalization& norm, float x, int channel) {
  if (!norm.scale) return x;
  const double value = static_cast<double>(norm.scale[channel]) * x + norm.shift[channel];
  return norm.relu && value < 0 ? 0 : value;
}

/** dy that belongs to value number `at` of the gradient. */
inline double upstreamAt(const Gradient& g, std::size_t at) {
  if (!g.index) return g.dy[at];
  const Window& pool = g.pool;
  const std::size_t position = at / pool.channels, row = position / pool.width % pool.height;
  const std::size_t y = row + pool.beforeY(), x = position % pool.width + pool.beforeX();
  const std::size_t image = position / pool.width / pool.height;
  const std::size_t window = (image * pool.outHeight() + y / pool.size) * pool.outWidth() + x / pool.size;
  const std::size_t from = window * pool.channels + at % pool.channels;
  return g.index[from] == y % pool.size * pool.size + x % pool.size ? g.dy[from] : 0;
}

inline double gradientAt(const Gradient& g, std::size_t at, int channel) {
  const double dy = upstreamAt(g, at);
  return g.x ? g.a[channel] * dy + static_cast<double>(g.b[channel]) * g.x[at] + g.c[channel] : dy;
}

/** Calls body(image, output row, output column, tap row, tap column, input row, input column) for all that lie inside. */
template <class Body>
void eachTap(const Window& w, Body body) {
  for (int image = 0; image < w.batch; image++)
    for (int oy = 0; oy < w.outHeight(); oy++)
      for (int ox = 0; ox < w.outWidth(); ox++)
        for (int ty = 0; ty < w.size; ty++)
          for (int tx = 0; tx < w.size; tx++) {
            const int y = oy * w.stride + ty - w.beforeY(), x = ox * w.stride + tx - w.beforeX();
            if (y >= 0 && y < w.height && x >= 0 && x < w.width) body(image, oy, ox, ty, tx, y, x);
          }
}

inline std::size_t inputIndex(const Window& w, int image, int y, int x) {
  return ((static_cast<std::size_t>(image) * w.height + y) * w.width + x) * w.channels;
}

inline std::size_t outputIndex(const Window& w, int image, int y, int x, int channels) {
  return ((static_cast<std::size_t>(image) * w.outHeight() + y) * w.outWidth() + x) * channels;
}

struct ConvResult {
  Expected y, dFilter, dM, dx;
};

/** Eq. 8 literally: with filters Q = C^ M, forward and all gradients. For an ordinary convolution planes = 1 and m is ones. */
inline ConvResult referenceConv(const Window& w, int maps, int planes, const float* x, const Normalization& norm, const float* chat,
                                const float* m, const Gradient& gradient) {
  const int channels = w.channels, outs = maps * planes, taps = w.size * w.size;
  ConvResult r{Expected(static_cast<std::size_t>(w.batch) * w.outHeight() * w.outWidth() * outs),
               Expected(static_cast<std::size_t>(taps) * channels * maps), Expected(static_cast<std::size_t>(taps) * planes),
               Expected(static_cast<std::size_t>(w.batch) * w.height * w.width * channels)};
  eachTap(w, [&](int image, int oy, int ox, int ty, int tx, int iy, int ix) {
    const std::size_t in = inputIndex(w, image, iy, ix), out = outputIndex(w, image, oy, ox, outs);
    const int tap = ty * w.size + tx;
    for (int k = 0; k < planes; k++) {
      const double mk = m ? m[k * taps + tap] : 1.0;
      for (int h = 0; h < maps; h++) {
        const double dy = gradient.dy ? gradientAt(gradient, out + h * planes + k, h * planes + k) : 0;
        for (int c = 0; c < channels; c++) {
          const std::size_t at = (static_cast<std::size_t>(tap) * channels + c) * maps + h;
          const double value = act(norm, x[in + c], c), filter = chat[at];
          r.y.add(out + h * planes + k, value * filter * mk);
          r.dFilter.add(at, value * dy * mk);
          r.dM.add(static_cast<std::size_t>(k) * taps + tap, value * dy * filter);
          r.dx.add(in + c, dy * filter * mk);
        }
      }
    }
  });
  return r;
}

/** Mean and biased variance per channel of a result. */
inline void referenceStatistics(const Expected& y, int channels, Expected& mean, Expected& variance) {
  const std::size_t rows = y.value.size() / channels;
  for (int c = 0; c < channels; c++) {
    double sum = 0, size = 0;
    for (std::size_t row = 0; row < rows; row++) {
      sum += y.value[row * channels + c];
      size += y.size[row * channels + c];
    }
    mean.add(c, sum / rows, size / rows);
    double square = 0, squares = 0;
    for (std::size_t row = 0; row < rows; row++) {
      const double off = y.value[row * channels + c] - mean.value[c], error = y.size[row * channels + c];
      square += off * off;
      // Deviations are as exact as the values are: an error of the value, twice the deviation, and the first row's in place of the mean's.
      squares += off * off + 2 * std::fabs(off) * error + 1e-6 * error * error;
    }
    variance.add(c, square / rows, squares / rows);
  }
}

/** Masks dx as ReLU would and adds up d and d (x - center). */
inline void referenceReduction(Expected& dx, const float* x, const Normalization& norm, const float* center, int channels, Expected& sum,
                               Expected& sumX) {
  for (std::size_t at = 0; at < dx.value.size(); at++) {
    const int c = static_cast<int>(at % channels);
    const bool on = !norm.relu || norm.scale[c] * static_cast<double>(x[at]) + norm.shift[c] > 0;
    if (!on) dx.value[at] = dx.size[at] = 0;
    sum.add(c, dx.value[at], dx.size[at]);
    sumX.add(c, dx.value[at] * (static_cast<double>(x[at]) - center[c]), dx.size[at] * std::fabs(static_cast<double>(x[at]) - center[c]));
  }
}
