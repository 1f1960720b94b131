#pragma once
#include "modulated_dense.h"
#include "modulated_layout.h"
#include "pooling.h"

/** A tap as the gather of one output row sees it. */
struct GatherTap {
  /** Of output column 0; columns outside [from, to) read zeros. */
  const float* row;
  std::ptrdiff_t step;
  int from, to;
};

/** out[r][k] = sum over taps of M[k, tap] * P, for R output columns from `column` on. */
template <int K, int R, bool Inside>
inline void gatherColumns(const GatherTap* taps, int tapCount, const float* m, int column, int offset, V (*out)[K]) {
  alignas(64) static const float zeros[HB] = {};
  V sum[R][K];
#pragma GCC unroll 8
  for (int r = 0; r < R; r++)
#pragma GCC unroll 8
    for (int k = 0; k < K; k++) sum[r][k] = Isa::zero();
  for (int t = 0; t < tapCount; t++) {
    const GatherTap& tap = taps[t];
    const float* at = tap.row + column * tap.step + offset;
    V p[R];
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) {
      const bool valid = Inside || (column + r >= tap.from && column + r < tap.to);
      p[r] = Isa::load(valid ? at + r * tap.step : zeros);
    }
#pragma GCC unroll 8
    for (int k = 0; k < K; k++) {
      const V mk = Isa::set(m[t * K + k]);
#pragma GCC unroll 8
      for (int r = 0; r < R; r++) sum[r][k] = Isa::fma(p[r], mk, sum[r][k]);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; r++)
#pragma GCC unroll 8
    for (int k = 0; k < K; k++) out[r][k] = sum[r][k];
}

/** Writes K planes of `maps` maps (at most a vector) as maps * K channels. */
template <int K>
inline void storeMaps(const V* planes, int maps, float* y) {
  if constexpr (K == 1) return Isa::storePart(y, planes[0], maps);
  if constexpr (K == 4) {
    if (maps == L) return Isa::interleave4(planes, y);
  }
  alignas(64) float apart[K][L];
  for (int k = 0; k < K; k++) Isa::store(apart[k], planes[k]);
  for (int map = 0; map < maps; map++)
    for (int k = 0; k < K; k++) y[map * K + k] = apart[k][map];
}

/** One row of output: y points at the block's first channel of column 0. */
template <int K>
void gatherRow(const GatherTap* taps, int tapCount, const float* m, int columns, int maps, float* y, std::ptrdiff_t yStep) {
  constexpr int R = Isa::accumulators / K > 8 ? 8 : (Isa::accumulators / K < 1 ? 1 : Isa::accumulators / K);
  int inFrom = 0, inTo = columns;
  for (int t = 0; t < tapCount; t++) {
    inFrom = larger(inFrom, taps[t].from);
    inTo = smaller(inTo, taps[t].to);
  }
  for (int column = 0; column < columns;) {
    const bool block = column + R <= columns;
    const bool inside = column >= inFrom && column + (block ? R : 1) <= inTo;
    for (int offset = 0; offset < maps; offset += L) {
      V out[R][K];
      if (block && inside) gatherColumns<K, R, true>(taps, tapCount, m, column, offset, out);
      else if (block) gatherColumns<K, R, false>(taps, tapCount, m, column, offset, out);
      else gatherColumns<K, 1, false>(taps, tapCount, m, column, offset, out);
      for (int r = 0; r < (block ? R : 1); r++)
        storeMaps<K>(out[r], smaller(L, maps - offset), y + (column + r) * yStep + offset * K);
    }
    column += block ? R : 1;
  }
}

using GatherRow = void (*)(const GatherTap*, int, const float*, int, int, float*, std::ptrdiff_t);
inline GatherRow gatherRowFor(int planes) {
  constexpr GatherRow all[] = {gatherRow<1>, gatherRow<2>, gatherRow<3>, gatherRow<4>,
                               gatherRow<5>, gatherRow<6>, gatherRow<7>, gatherRow<8>};
  return all[planes - 1];
}

/** Rows of P of one phase that the taps of the current output rows reach; slides down an image. */
struct PWindow {
  std::size_t floats;
  float* memory = nullptr;
  int low = 0, high = 0;
};

/** The forward pass of one group of images and one block of maps. */
class ModulatedForward {
 public:
  ModulatedForward(const ModulatedConvArguments& arguments, const std::vector<Phase>& phases, const PackedFilters& filters,
                   const float* mTaps)
      : a_(arguments), w_(arguments.window), phases_(phases), filters_(filters), mTaps_(mTaps), gather_(gatherRowFor(arguments.planes)),
        tiling_(w_.outHeight(), w_.outWidth(), w_.batch, kTilePositions) {
    for (const Phase& phase : phases_) {
      const int span = phase.highest - phase.lowest;
      const int rows = smaller(phase.height, tiling_.rows + span);
      positions_ = larger(positions_, tiling_.images * rows * phase.width);
      windows_.push_back({static_cast<std::size_t>(tiling_.images) * rows * phase.width * widest(phase)});
      parts_.plan(windows_.back().floats);
    }
    parts_.plan(static_cast<std::size_t>(positions_) * w_.channels);
    parts_.plan(pointerFloats());
    parts_.plan(pointerFloats());
    parts_.plan(ChannelMoments::floats(HB * a_.planes));
  }

  std::size_t scratch() const { return parts_.total(); }

  void run(Images images, int blockIndex, float* scratch, double* totals) {
    const MapBlock block(blockIndex, a_.maps);
    Parts parts = parts_;
    parts.begin(scratch);
    for (PWindow& window : windows_) {
      window.memory = parts.take(window.floats);
      if (block.maps < HB) std::memset(window.memory, 0, window.floats * sizeof(float));
    }
    float* staged = parts.take(static_cast<std::size_t>(positions_) * w_.channels);
    aRows_ = reinterpret_cast<const float**>(parts.take(pointerFloats()));
    cRows_ = reinterpret_cast<float**>(parts.take(pointerFloats()));
    ChannelMoments sums{totals, parts.take(ChannelMoments::floats(HB * a_.planes)), block.maps * a_.planes};
    if (totals) sums.clear();
    for (int image = images.first; image < images.last; image += tiling_.images) {
      const int count = smaller(tiling_.images, images.last - image);
      for (PWindow& window : windows_) window.low = window.high = 0;
      for (int row = 0; row < w_.outHeight(); row += tiling_.rows) {
        const int end = smaller(w_.outHeight(), row + tiling_.rows);
        for (std::size_t p = 0; p < phases_.size(); p++)
          advance(blockIndex, static_cast<int>(p), block, windows_[p], image, count, row, end, staged);
        for (int i = 0; i < count; i++)
          for (int y = row; y < end; y++) outputRow(block, image, i, y, totals ? &sums : nullptr);
        if (a_.pooling.y)
          for (int i = 0; i < count; i++)
            maxPoolCompleted(a_.pooling, image + i, row, end, block.first * a_.planes, block.maps * a_.planes);
        if (totals) sums.flush();
      }
    }
  }

 private:
  int widest(const Phase& phase) const {
    int most = 0;
    for (int b = 0; b * HB < a_.maps; b++) most = larger(most, MapBlock(b, a_.maps).rowStride(phase));
    return most;
  }
  std::size_t pointerFloats() const { return static_cast<std::size_t>(positions_) * kFloatsOf8Bytes; }

  /** Rows of P in the window's memory, per image. */
  int capacity(const Phase& phase) const {
    return smaller(phase.height, tiling_.rows + phase.highest - phase.lowest);
  }

  float* pRow(const Phase& phase, const MapBlock& block, const PWindow& window, int image, int row) const {
    return window.memory +
           (static_cast<std::ptrdiff_t>(image) * capacity(phase) + row - window.low) * phase.width * block.rowStride(phase);
  }

  /** Makes the window hold the rows that output rows [from, to) need. */
  void advance(int blockIndex, int phaseIndex, const MapBlock& block, PWindow& window, int image, int count, int from, int to,
               float* staged) {
    const Phase& phase = phases_[phaseIndex];
    if (phase.tapCount == 0) return;
    const int low = larger(0, from - phase.highest), high = smaller(phase.height, to - phase.lowest);
    if (low > window.low && window.high > low) {
      // Only a single image is cut into tiles of rows.
      float* kept = pRow(phase, block, window, 0, low);
      std::memmove(window.memory, kept,
                   sizeof(float) * static_cast<std::size_t>(window.high - low) * phase.width * block.rowStride(phase));
    }
    const int begin = larger(low, window.high);
    window.low = low;
    window.high = larger(high, begin);
    const int stride = block.rowStride(phase);
    const std::ptrdiff_t xStep = static_cast<std::ptrdiff_t>(w_.stride) * w_.channels;
    int positions = 0;
    for (int i = 0; i < count; i++)
      for (int row = begin; row < window.high; row++) {
        const float* x = a_.x + ((static_cast<std::ptrdiff_t>(image + i) * w_.height + row * w_.stride + phase.phaseY) * w_.width +
                                 phase.phaseX) * w_.channels;
        float* to = staged + static_cast<std::ptrdiff_t>(positions) * w_.channels;
        float* p = pRow(phase, block, window, i, row);
        if (a_.norm.scale) normalizeRun(x, xStep, phase.width, a_.norm, w_.channels, to, w_.channels);
        for (int column = 0; column < phase.width; column++, positions++) {
          cRows_[positions] = p + static_cast<std::ptrdiff_t>(column) * stride;
          aRows_[positions] = a_.norm.scale ? to + static_cast<std::ptrdiff_t>(column) * w_.channels : x + column * xStep;
        }
      }
    filters_.multiply(blockIndex, phaseIndex, positions, aRows_, cRows_, false, false);
  }

  void outputRow(const MapBlock& block, int image, int i, int y, ChannelMoments* sums) {
    GatherTap taps[kMostTaps];
    float m[kMostTaps * 8];
    int count = 0;
    for (std::size_t p = 0; p < phases_.size(); p++) {
      const Phase& phase = phases_[p];
      const int stride = block.rowStride(phase);
      for (int t = 0; t < phase.tapCount; t++) {
        const Tap& tap = phase.taps[t];
        const int row = y - tap.dy;
        if (row < 0 || row >= phase.height) continue;
        taps[count].row = pRow(phase, block, windows_[p], i, row) + t * block.maps - static_cast<std::ptrdiff_t>(tap.dx) * stride;
        taps[count].step = stride;
        taps[count].from = larger(0, tap.dx);
        taps[count].to = smaller(w_.outWidth(), phase.width + tap.dx);
        std::memcpy(m + count * a_.planes, mTaps_ + tap.index * a_.planes, sizeof(float) * a_.planes);
        count++;
      }
    }
    const std::ptrdiff_t channels = static_cast<std::ptrdiff_t>(a_.maps) * a_.planes;
    float* out = a_.y + (static_cast<std::ptrdiff_t>(image + i) * w_.outHeight() + y) * w_.outWidth() * channels +
                 block.first * a_.planes;
    gather_(taps, count, m, w_.outWidth(), block.maps, out, channels);
    if (sums) sums->add(out, w_.outWidth(), channels);
  }

  const ModulatedConvArguments& a_;
  const Window& w_;
  const std::vector<Phase>& phases_;
  const PackedFilters& filters_;
  const float* mTaps_;
  GatherRow gather_;
  Tiling tiling_;
  int positions_ = 0;
  std::vector<PWindow> windows_;
  Parts parts_;
  const float** aRows_ = nullptr;
  float** cRows_ = nullptr;
};

/** MCconv, factored: a product for P, then K multiply-adds per tap. */
void modulatedConv(const ModulatedConvArguments& a) {
  if (denseIsCheaper(a.window, a.planes)) return modulatedConvDense(a);
  const Window& w = a.window;
  const std::vector<Phase> phases = phasesOf(w);
  const int blocks = quotientUp(a.maps, HB);
  const Groups groups(w.batch, 16);
  PackedFilters filters(a.chat, phases, w.channels, a.maps, PackedFilters::Result::P);
  const int taps = w.size * w.size;
  const int blockChannels = HB * a.planes;
  const bool counts = a.statistics.mean != nullptr;
  Parts parts;
  const std::size_t sumSize = counts ? kFloatsOf8Bytes * ChannelMoments::doubles(blockChannels) * groups.count * blocks : 0;
  parts.plan(filters.total());
  parts.plan(static_cast<std::size_t>(taps) * a.planes);
  parts.plan(sumSize);
  parts.begin(ThreadPool::instance().shared(parts.total()));
  filters.fill(parts.take(filters.total()));
  float* mTaps = parts.take(static_cast<std::size_t>(taps) * a.planes);
  double* totals = reinterpret_cast<double*>(parts.take(sumSize));
  tapMajor(a.m, a.planes, taps, mTaps);
  const auto totalsOf = [&](int block, int group) {
    return totals + (static_cast<std::size_t>(block) * groups.count) * ChannelMoments::doubles(blockChannels) +
           group * ChannelMoments::doubles(smaller(HB, a.maps - block * HB) * a.planes);
  };
  parallel(groups.count * blocks, [&](int item, int thread) {
    const int group = item / blocks, block = item % blocks;
    ModulatedForward forward(a, phases, filters, mTaps);
    forward.run(groups.at(group), block, ThreadPool::instance().scratch(thread, forward.scratch()),
                counts ? totalsOf(block, group) : nullptr);
  });
  if (!counts) return;
  for (int block = 0; block < blocks; block++) {
    const int first = block * blockChannels;
    const int channels = smaller(HB, a.maps - block * HB) * a.planes;
    writeStatistics(totalsOf(block, 0), groups.count, channels,
                    {a.statistics.mean + first, a.statistics.variance + first});
  }
}
