#pragma once
#include "rows.h"

/** Rows that one item works on: as many items as rows allow up to 64, whatever the number of threads. */
struct RowChunks {
  int64_t rows;
  int count;

  explicit RowChunks(int64_t rows) : rows(rows), count(rows < 64 ? (rows < 1 ? 1 : static_cast<int>(rows)) : 64) {}
  int64_t begin(int chunk) const { return rows * chunk / count; }
};

/** Rows whose sums are added up in float before they go to double. */
constexpr int kFloatRows = 256;

/** Rows that are passed over once for each vector of channels: few enough to stay in the first cache. */
constexpr int kRunRows = 16;

/** Runs body(first row, rows, sums) in steps of few rows on every chunk; the totals of all chunks are returned in order. */
template <class Body>
const double* sumOverRows(const RowChunks& chunks, int channels, Body body) {
  const std::size_t size = ChannelSums::doubles(channels);
  double* totals = reinterpret_cast<double*>(ThreadPool::instance().shared(2 * size * chunks.count));
  parallel(chunks.count, [&](int chunk, int thread) {
    ChannelSums sums{totals + chunk * size, ThreadPool::instance().scratch(thread, ChannelSums::floats(channels)), channels};
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
  const RowChunks chunks(a.rows);
  const double* totals = sumOverRows(chunks, a.channels, [&](int64_t row, int rows, const ChannelSums& sums) {
    addSquares(a.x + row * a.channels, rows, a.channels, a.channels, sums.first(), sums.second());
  });
  writeStatistics(totals, chunks.count, a.channels, static_cast<double>(a.rows), a.statistics);
}

/** y = act(scale x + shift). */
void normalize(const RowsArguments& a) {
  const RowChunks chunks(a.rows);
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
  const RowChunks chunks(a.rows);
  const double* totals = sumOverRows(chunks, a.channels, [&](int64_t first, int rows, const ChannelSums& sums) {
    std::memcpy(a.y + first * a.channels, a.gradient.dy + first * a.channels, sizeof(float) * rows * a.channels);
    for (int64_t row = first; row < first + rows; row++)
      maskAndSumRow(a.y + row * a.channels, a.x + row * a.channels, a.norm, a.reduction.center, a.channels, sums.first(), sums.second());
  });
  writeReduction(totals, chunks.count, a.channels, a.reduction);
}

/** y = a dy + b x + c, plus another gradient. */
void combineGradients(const RowsArguments& a) {
  const RowChunks chunks(a.rows);
  parallel(chunks.count, [&](int chunk, int) {
    for (int64_t row = chunks.begin(chunk); row < chunks.begin(chunk + 1); row++) {
      float* y = a.y + row * a.channels;
      gradientRow(a.gradient, row * a.channels, 0, a.channels, y);
      if (!a.other) continue;
      const float* other = a.other + row * a.channels;
      for (int c = 0; c < a.channels; c += L) {
        const int n = smaller(L, a.channels - c);
        Isa::storePart(y + c, Isa::add(Isa::loadPart(y + c, n), Isa::loadPart(other + c, n)), n);
      }
    }
  });
}

/** y = x + other, and the statistics of y where asked for. */
void addWithStatistics(const RowsArguments& a) {
  const RowChunks chunks(a.rows);
  const double* totals = sumOverRows(chunks, a.channels, [&](int64_t row, int rows, const ChannelSums& sums) {
    const int64_t from = row * a.channels, to = from + static_cast<int64_t>(rows) * a.channels;
    int64_t at = from;
    for (; at + L <= to; at += L) Isa::store(a.y + at, Isa::add(Isa::load(a.x + at), Isa::load(a.other + at)));
    for (; at < to; at++) a.y[at] = a.x[at] + a.other[at];
    if (a.statistics.mean) addSquares(a.y + from, rows, a.channels, a.channels, sums.first(), sums.second());
  });
  if (a.statistics.mean) writeStatistics(totals, chunks.count, a.channels, static_cast<double>(a.rows), a.statistics);
}
