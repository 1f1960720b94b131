#pragma once
#include "arguments.h"
#include "gradient.h"

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
    const bool together = xStep == channels && outStep == channels;
    if (together) std::memcpy(out, x, sizeof(float) * channels * static_cast<std::size_t>(count));
    for (int at = 0; at < count && !together; at++) copyFew(x + at * xStep, channels, out + at * outStep);
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

/**
 * Mean and squared deviations per channel. Within a tile, values are summed up in float less the tile's first row, so that a mean far
 * from zero costs no digits; tiles are merged in double (Chan, Golub and LeVeque 1979).
 * Memory is the caller's: doubles(channels) doubles (means, squared deviations, count) and floats(channels) floats.
 */
struct ChannelMoments {
  double* total;
  float* tile;
  int channels;
  int rows = 0;

  static std::size_t doubles(int channels) { return 2 * static_cast<std::size_t>(channels) + 1; }
  static std::size_t floats(int channels) { return 3 * static_cast<std::size_t>(upTo(channels, HB)); }

  void clear() {
    for (std::size_t i = 0; i < doubles(channels); i++) total[i] = 0;
  }

  /** Adds `count` rows that lie `stride` floats apart. */
  void add(const float* x, int count, std::ptrdiff_t stride) {
    const int wide = upTo(channels, HB);
    if (rows == 0) {
      std::memcpy(tile, x, sizeof(float) * channels);
      std::memset(tile + wide, 0, sizeof(float) * 2 * wide);
    }
    for (int c = 0; c < channels; c += L) {
      const int n = smaller(L, channels - c);
      const V first = Isa::loadPart(tile + c, n);
      V sum = Isa::load(tile + wide + c), square = Isa::load(tile + 2 * wide + c);
      const float* row = x + c;
      for (int at = 0; at < count; at++, row += stride) {
        const V value = Isa::sub(n == L ? Isa::load(row) : Isa::loadPart(row, n), first);
        sum = Isa::add(sum, value);
        square = Isa::fma(value, value, square);
      }
      Isa::store(tile + wide + c, sum);
      Isa::store(tile + 2 * wide + c, square);
    }
    rows += count;
  }

  /** Merges the tile into the totals. */
  void flush() {
    if (rows == 0) return;
    const int wide = upTo(channels, HB);
    const double before = total[2 * channels], count = rows;
    for (int c = 0; c < channels; c++) {
      const double off = tile[wide + c] / count;
      merge(total[c], total[channels + c], before, tile[c] + off, tile[2 * wide + c] - off * tile[wide + c], count);
    }
    total[2 * channels] += count;
    rows = 0;
  }

  /** Merges mean and squared deviations of `count` more values into those of `before`. */
  static void merge(double& mean, double& deviations, double before, double otherMean, double otherDeviations, double count) {
    const double distance = otherMean - mean, all = before + count;
    mean += distance * count / all;
    deviations += otherDeviations + distance * distance * before * count / all;
  }
};

/** d *= ReLU's mask in place for one vector of channels at `count` positions, and adds d and d * (x - center). */
template <bool Relu, bool Whole>
inline void maskAndSumVector(float* d, const float* x, int count, const Normalization& norm, const float* center, int channels, int c,
                             int n, const ChannelSums& sums) {
  const auto get = [n](const float* p) { return Whole ? Isa::load(p) : Isa::loadPart(p, n); };
  const auto put = [n](float* p, V v) { Whole ? Isa::store(p, v) : Isa::storePart(p, v, n); };
  const V scale = get(norm.scale + c), shift = get(norm.shift + c), middle = get(center + c);
  V sum = get(sums.first() + c), product = get(sums.second() + c);
  d += c;
  x += c;
  for (int at = 0; at < count; at++, d += channels, x += channels) {
    const V value = get(x);
    V masked = get(d);
    if (Relu) {
      masked = Isa::wherePositive(Isa::fma(value, scale, shift), masked);
      put(d, masked);
    }
    sum = Isa::add(sum, masked);
    product = Isa::fma(masked, Isa::sub(value, middle), product);
  }
  put(sums.first() + c, sum);
  put(sums.second() + c, product);
}

/** d *= ReLU's mask in place, and adds d and d * (x - center): `count` positions behind each other. */
inline void maskAndSumRun(float* d, const float* x, int count, const Normalization& norm, const float* center, int channels,
                          const ChannelSums& sums) {
  int c = 0;
  for (; c + L <= channels; c += L)
    norm.relu ? maskAndSumVector<true, true>(d, x, count, norm, center, channels, c, L, sums)
              : maskAndSumVector<false, true>(d, x, count, norm, center, channels, c, L, sums);
  if (c < channels)
    norm.relu ? maskAndSumVector<true, false>(d, x, count, norm, center, channels, c, channels - c, sums)
              : maskAndSumVector<false, false>(d, x, count, norm, center, channels, c, channels - c, sums);
}

/** Mean and biased variance from the moments of several groups, in their order. */
inline void writeStatistics(const double* totals, int groups, int channels, const Statistics& out) {
  const std::size_t size = ChannelMoments::doubles(channels);
  for (int c = 0; c < channels; c++) {
    double mean = 0, deviations = 0, count = 0;
    for (int g = 0; g < groups; g++) {
      const double* group = totals + g * size;
      const double more = group[2 * channels];
      if (more == 0) continue;
      ChannelMoments::merge(mean, deviations, count, group[c], group[channels + c], more);
      count += more;
    }
    const double variance = deviations / count;
    out.mean[c] = static_cast<float>(mean);
    // Not "at least zero": what is no number must stay none.
    out.variance[c] = variance < 0 ? 0.0f : static_cast<float>(variance);
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
