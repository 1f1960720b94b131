#pragma once
#include "rows.h"

/** Values of an item below which cutting rows into more of them costs more than it spares. */
constexpr int64_t kSmallestChunk = 4096;

/** Rows that one item works on: up to 64 items by size alone, whatever the number of threads. */
struct RowChunks {
  int64_t rows;
  int count;

  RowChunks(int64_t rows, int64_t values) : rows(rows), count(1) {
    const int64_t most = values / kSmallestChunk < rows ? values / kSmallestChunk : rows;
    if (most > 1) count = most < 64 ? static_cast<int>(most) : 64;
  }
  int64_t begin(int chunk) const { return rows * chunk / count; }
};

/** Rows whose sums are added up in float before they go to double. */
constexpr int kFloatRows = 256;

/** Rows that are passed over once for each vector of channels: few enough to stay in the first cache. */
constexpr int kRunRows = 16;

/** Runs body(first row, rows, sums) in steps of few rows on every chunk; the totals of all chunks are returned in order. */
template <class Sums, class Body>
const double* sumOverRows(const RowChunks& chunks, int channels, Body body) {
  const std::size_t size = Sums::doubles(channels);
  double* totals = reinterpret_cast<double*>(ThreadPool::instance().shared(kFloatsOf8Bytes * size * chunks.count));
  parallel(chunks.count, [&](int chunk, int thread) {
    Sums sums{totals + chunk * size, ThreadPool::instance().scratch(thread, Sums::floats(channels)), channels};
    sums.clear();
    for (int64_t row = chunks.begin(chunk); row < chunks.begin(chunk + 1); row += kFloatRows) {
      const int64_t left = chunks.begin(chunk + 1) - row;
      body(row, static_cast<int>(left < kFloatRows ? left : kFloatRows), sums);
      sums.flush();
    }
  });
  return totals;
}

/** Mean and biased variance of every channel. */
void batchStatistics(const RowsArguments& a) {
  const RowChunks chunks(a.rows, a.rows * a.channels);
  const double* totals = sumOverRows<ChannelMoments>(
      chunks, a.channels, [&](int64_t row, int rows, ChannelMoments& sums) { sums.add(a.x + row * a.channels, rows, a.channels); });
  writeStatistics(totals, chunks.count, a.channels, a.statistics);
}

/** y = act(scale x + shift). */
void normalize(const RowsArguments& a) {
  const RowChunks chunks(a.rows, a.rows * a.channels);
  parallel(chunks.count, [&](int chunk, int) {
    for (int64_t row = chunks.begin(chunk); row < chunks.begin(chunk + 1); row += kRunRows) {
      const int64_t left = chunks.begin(chunk + 1) - row;
      normalizeRun(a.x + row * a.channels, a.channels, static_cast<int>(left < kRunRows ? left : kRunRows), a.norm, a.channels,
                   a.y + row * a.channels, a.channels);
    }
  });
}

/** y = dy masked by ReLU, and the sums of the reduction. */
void normalizeGrad(const RowsArguments& a) {
  const RowChunks chunks(a.rows, a.rows * a.channels);
  const double* totals = sumOverRows<ChannelSums>(chunks, a.channels, [&](int64_t first, int rows, ChannelSums& sums) {
    std::memcpy(a.y + first * a.channels, a.gradient.dy + first * a.channels, sizeof(float) * rows * a.channels);
    for (int row = 0; row < rows; row += kRunRows) {
      const int64_t at = (first + row) * a.channels;
      maskAndSumRun(a.y + at, a.x + at, smaller(kRunRows, rows - row), a.norm, a.reduction.center, a.channels, sums);
      // Sums that cancel out need their digits.
      sums.flush();
    }
  });
  writeReduction(totals, chunks.count, a.channels, a.reduction);
}

/** y += other. */
inline void addTo(float* y, const float* other, std::ptrdiff_t count) {
  std::ptrdiff_t at = 0;
  for (; at + L <= count; at += L) Isa::store(y + at, Isa::add(Isa::load(y + at), Isa::load(other + at)));
  if (at < count) {
    const int n = static_cast<int>(count - at);
    Isa::storePart(y + at, Isa::add(Isa::loadPart(y + at, n), Isa::loadPart(other + at, n)), n);
  }
}

/** The gradient written out, plus another one; `width` positions are a row of an image. */
void combineGradients(const RowsArguments& a) {
  const RowChunks chunks(a.rows / a.width, a.rows * a.channels);
  const GradientRun run{a.width, a.channels, 0, a.channels, a.channels};
  const std::ptrdiff_t size = static_cast<std::ptrdiff_t>(a.width) * a.channels;
  parallel(chunks.count, [&](int chunk, int) {
    for (int64_t row = chunks.begin(chunk); row < chunks.begin(chunk + 1); row++) {
      gradientRow(a.gradient, row * a.width, run, a.y + row * size);
      if (a.other) addTo(a.y + row * size, a.other + row * size, size);
    }
  });
}

/** y = x + other, and the statistics of y where asked for. */
void addWithStatistics(const RowsArguments& a) {
  const RowChunks chunks(a.rows, a.rows * a.channels);
  const double* totals = sumOverRows<ChannelMoments>(chunks, a.channels, [&](int64_t row, int rows, ChannelMoments& sums) {
    const int64_t from = row * a.channels, to = from + static_cast<int64_t>(rows) * a.channels;
    int64_t at = from;
    for (; at + L <= to; at += L) Isa::store(a.y + at, Isa::add(Isa::load(a.x + at), Isa::load(a.other + at)));
    for (; at < to; at++) a.y[at] = a.x[at] + a.other[at];
    if (a.statistics.mean) sums.add(a.y + from, rows, a.channels);
  });
  if (a.statistics.mean) writeStatistics(totals, chunks.count, a.channels, a.statistics);
}

/** Channels from one row to another, with zeros around them. */
void copyChannels(const CopyChannelsArguments& a) {
  const RowChunks chunks(a.rows, a.rows * a.yChannels);
  parallel(chunks.count, [&](int chunk, int) {
    for (int64_t row = chunks.begin(chunk); row < chunks.begin(chunk + 1); row++) {
      float* y = a.y + row * a.yChannels;
      std::memset(y, 0, sizeof(float) * a.to);
      std::memcpy(y + a.to, a.x + row * a.xChannels + a.from, sizeof(float) * a.count);
      std::memset(y + a.to + a.count, 0, sizeof(float) * (a.yChannels - a.to - a.count));
    }
  });
}
