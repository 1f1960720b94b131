#pragma once
#include "arguments.h"
#include "product.h"

/** act(scale x + shift) of one vector of channels at `count` positions. */
template <bool Relu, bool Whole>
inline void normalizeVector(const float* x, std::ptrdiff_t xStep, int count, const Normalization& norm, int c, int n, float* out,
                            std::ptrdiff_t outStep) {
  const V scale = Whole ? Isa::load(norm.scale + c) : Isa::loadPart(norm.scale + c, n);
  const V shift = Whole ? Isa::load(norm.shift + c) : Isa::loadPart(norm.shift + c, n);
  const V zero = Isa::zero();
  x += c;
  out += c;
  for (int at = 0; at < count; at++, x += xStep, out += outStep) {
    V value = Isa::fma(Whole ? Isa::load(x) : Isa::loadPart(x, n), scale, shift);
    if (Relu) value = Isa::max(zero, value);
    if (Whole) Isa::store(out, value);
    else Isa::storePart(out, value, n);
  }
}

/** out = act(scale x + shift), or a copy, at `count` positions whose channels lie xStep and outStep floats apart. */
inline void normalizeRun(const float* x, std::ptrdiff_t xStep, int count, const Normalization& norm, int channels, float* out,
                         std::ptrdiff_t outStep) {
  if (!norm.scale) {
    for (int at = 0; at < count; at++) std::memcpy(out + at * outStep, x + at * xStep, sizeof(float) * channels);
    return;
  }
  int c = 0;
  for (; c + L <= channels; c += L)
    norm.relu ? normalizeVector<true, true>(x, xStep, count, norm, c, L, out, outStep)
              : normalizeVector<false, true>(x, xStep, count, norm, c, L, out, outStep);
  if (c < channels)
    norm.relu ? normalizeVector<true, false>(x, xStep, count, norm, c, channels - c, out, outStep)
              : normalizeVector<false, false>(x, xStep, count, norm, c, channels - c, out, outStep);
}

/** out[c] of channels first .. first + count - 1 of a gradient's row `at`. */
inline void gradientRow(const Gradient& g, std::ptrdiff_t at, int first, int count, float* out) {
  const float* dy = g.dy + at + first;
  if (!g.x) {
    std::memcpy(out, dy, sizeof(float) * count);
    return;
  }
  const float* x = g.x + at + first;
  int c = 0;
  for (; c + L <= count; c += L) {
    const V shifted = Isa::fma(Isa::load(x + c), Isa::load(g.b + first + c), Isa::load(g.c + first + c));
    Isa::store(out + c, Isa::fma(Isa::load(dy + c), Isa::load(g.a + first + c), shifted));
  }
  if (c < count) {
    const int n = count - c;
    const V shifted =
        Isa::fma(Isa::loadPart(x + c, n), Isa::loadPart(g.b + first + c, n), Isa::loadPart(g.c + first + c, n));
    Isa::storePart(out + c, Isa::fma(Isa::loadPart(dy + c, n), Isa::loadPart(g.a + first + c, n), shifted), n);
  }
}

/**
 * Sums per channel: in float over the few hundred rows of a tile, in double beyond. Two sums for each channel.
 * Memory is the caller's: 2 * channels doubles, and 2 * channels floats filled up to whole vectors.
 */
struct ChannelSums {
  double* total;
  float* tile;
  int channels;

  static std::size_t doubles(int channels) { return 2 * static_cast<std::size_t>(channels); }
  static std::size_t floats(int channels) { return 2 * static_cast<std::size_t>(upTo(channels, HB)); }

  void clear() {
    for (int c = 0; c < 2 * channels; c++) total[c] = 0;
    clearTile();
  }

  float* first() const { return tile; }
  float* second() const { return tile + upTo(channels, HB); }

  /** Adds the tile's sums to the totals. */
  void flush() {
    for (int c = 0; c < channels; c++) {
      total[c] += first()[c];
      total[channels + c] += second()[c];
    }
    clearTile();
  }

 private:
  void clearTile() { std::memset(tile, 0, sizeof(float) * floats(channels)); }
};

/** Adds values and squares of `rows` rows that lie `stride` floats apart. */
inline void addSquares(const float* x, int rows, std::ptrdiff_t stride, int channels, float* sums, float* squares) {
  for (int c = 0; c < channels; c += L) {
    const int n = smaller(L, channels - c);
    V sum = Isa::loadPart(sums + c, n), square = Isa::loadPart(squares + c, n);
    const float* row = x + c;
    for (int at = 0; at < rows; at++, row += stride) {
      const V value = n == L ? Isa::load(row) : Isa::loadPart(row, n);
      sum = Isa::add(sum, value);
      square = Isa::fma(value, value, square);
    }
    Isa::storePart(sums + c, sum, n);
    Isa::storePart(squares + c, square, n);
  }
}

/** d *= ReLU's mask in place, and adds d and d * (x - center): one row. */
inline void maskAndSumRow(float* d, const float* x, const Normalization& norm, const float* center, int channels,
                          float* sums, float* products) {
  for (int c = 0; c < channels; c += L) {
    const int n = smaller(L, channels - c);
    const bool whole = n == L;
    const auto get = [&](const float* p) { return whole ? Isa::load(p + c) : Isa::loadPart(p + c, n); };
    const auto put = [&](float* p, V v) { whole ? Isa::store(p + c, v) : Isa::storePart(p + c, v, n); };
    const V value = get(x);
    V masked = get(d);
    if (norm.relu) {
      masked = Isa::wherePositive(Isa::fma(value, get(norm.scale), get(norm.shift)), masked);
      put(d, masked);
    }
    put(sums, Isa::add(get(sums), masked));
    put(products, Isa::fma(masked, Isa::sub(value, get(center)), get(products)));
  }
}

/** Mean and biased variance from the sums of several groups, in their order. */
inline void writeStatistics(const double* totals, int groups, int channels, double count, const Statistics& out) {
  for (int c = 0; c < channels; c++) {
    double sum = 0, square = 0;
    for (int g = 0; g < groups; g++) {
      sum += totals[static_cast<std::size_t>(g) * 2 * channels + c];
      square += totals[static_cast<std::size_t>(g) * 2 * channels + channels + c];
    }
    const double mean = sum / count;
    const double variance = square / count - mean * mean;
    out.mean[c] = static_cast<float>(mean);
    out.variance[c] = variance > 0 ? static_cast<float>(variance) : 0.0f;
  }
}

/** Both sums of a reduction from those of several groups, in their order. */
inline void writeReduction(const double* totals, int groups, int channels, const Reduction& out) {
  for (int c = 0; c < channels; c++) {
    double sum = 0, product = 0;
    for (int g = 0; g < groups; g++) {
      sum += totals[static_cast<std::size_t>(g) * 2 * channels + c];
      product += totals[static_cast<std::size_t>(g) * 2 * channels + channels + c];
    }
    out.sum[c] = static_cast<float>(sum);
    out.sumX[c] = static_cast<float>(product);
  }
}
