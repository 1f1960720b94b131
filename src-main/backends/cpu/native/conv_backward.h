#pragma once
#include "conv_layout.h"

/** dF of one group of images: phase by phase a convolution of dOut with the filters' taps of that phase. */
class ConvInputGradient {
 public:
  ConvInputGradient(const ConvGradArguments& arguments, const std::vector<Phase>& phases)
      : a_(arguments), w_(arguments.window), phases_(phases),
        tiling_(quotientUp(w_.height, w_.stride), quotientUp(w_.width, w_.stride), w_.batch, kConvTile) {
    int lowest = 0, highest = 0, left = 0, right = 0, width = 0;
    for (const Phase& phase : phases_) {
      lowest = smaller(lowest, phase.lowest);
      highest = larger(highest, phase.highest);
      width = larger(width, phase.width);
      for (int t = 0; t < phase.tapCount; t++) {
        left = smaller(left, phase.taps[t].dx);
        right = larger(right, phase.taps[t].dx);
      }
    }
    low_ = lowest;
    tile_.images = tiling_.images;
    tile_.rows = tiling_.rows + highest - lowest;
    tile_.before = -left;
    tile_.columns = larger(w_.outWidth(), width + right) - left;
    tile_.channels = a_.outputs;
    positions_ = tiling_.images * tiling_.rows * width;
    parts_.plan(tile_.floats());
    parts_.plan(static_cast<std::size_t>(positions_) * kFloatsOf8Bytes);
    parts_.plan(static_cast<std::size_t>(positions_) * kFloatsOf8Bytes);
    parts_.plan(ChannelSums::floats(w_.channels));
  }

  std::size_t scratch() const { return parts_.total(); }

  void run(Images images, const float* filters, float* scratch, double* totals) {
    Parts parts = parts_;
    parts.begin(scratch);
    tile_.memory = parts.take(tile_.floats());
    aRows_ = reinterpret_cast<const float**>(parts.take(static_cast<std::size_t>(positions_) * kFloatsOf8Bytes));
    cRows_ = reinterpret_cast<float**>(parts.take(static_cast<std::size_t>(positions_) * kFloatsOf8Bytes));
    sums_ = {totals, parts.take(ChannelSums::floats(w_.channels)), w_.channels};
    if (totals) sums_.clear();
    const int rows = quotientUp(w_.height, w_.stride);
    for (int image = images.first; image < images.last; image += tiling_.images)
      for (int from = 0; from < rows; from += tiling_.rows) tile(image, smaller(tiling_.images, images.last - image), from, filters);
  }

 private:
  void tile(int image, int count, int from, const float* filters) {
    tile_.low = from + low_;
    tile_.stage(count, w_.outHeight(), w_.outWidth(), [&](int i, int row, float* out) {
      gradientRow(a_.gradient, (static_cast<std::ptrdiff_t>(image + i) * w_.outHeight() + row) * w_.outWidth(),
                  {w_.outWidth(), a_.outputs, 0, a_.outputs, a_.outputs}, out);
    });
    for (const Phase& phase : phases_) {
      phaseOf(phase, image, count, from, smaller(phase.height, from + tiling_.rows), filters);
      filters += packedSize(phase.tapCount * a_.outputs, w_.channels);
    }
    if (sums_.total) sums_.flush();
  }

  void phaseOf(const Phase& phase, int image, int count, int from, int to, const float* filters) {
    int positions = 0;
    for (int i = 0; i < count; i++)
      for (int row = from; row < to; row++)
        for (int column = 0; column < phase.width; column++, positions++) {
          aRows_[positions] = tile_.at(i, row, column);
          cRows_[positions] = a_.dx + inputOffset(phase, image + i, row, column);
        }
    if (phase.tapCount == 0) {
      for (int at = 0; at < positions; at++) std::memset(cRows_[at], 0, sizeof(float) * w_.channels);
    } else {
      std::ptrdiff_t taps[kMostTaps];
      for (int t = 0; t < phase.tapCount; t++)
        taps[t] = phase.taps[t].dy * tile_.rowStride() + static_cast<std::ptrdiff_t>(phase.taps[t].dx) * a_.outputs;
      productTaps(positions, aRows_, taps, phase.tapCount, a_.outputs, filters, w_.channels, cRows_);
    }
    if (!sums_.total) return;
    const int run = w_.stride == 1 ? phase.width : 1;
    for (int at = 0; at < positions; at += run)
      maskAndSumRun(cRows_[at], a_.x + (cRows_[at] - a_.dx), run, a_.norm, a_.reduction.center, w_.channels, sums_);
  }

  std::ptrdiff_t inputOffset(const Phase& phase, int image, int row, int column) const {
    const std::ptrdiff_t y = static_cast<std::ptrdiff_t>(image) * w_.height + row * w_.stride + phase.phaseY;
    return (y * w_.width + column * w_.stride + phase.phaseX) * w_.channels;
  }

  const ConvGradArguments& a_;
  const Window& w_;
  const std::vector<Phase>& phases_;
  Tiling tiling_;
  PaddedTile tile_;
  int low_ = 0, positions_ = 0;
  Parts parts_;
  const float** aRows_ = nullptr;
  float** cRows_ = nullptr;
  ChannelSums sums_{nullptr, nullptr, 0};
};

/** dW of one group of images: per tap a sum of outer products of shifted input and dOut. */
class ConvFilterGradient {
 public:
  explicit ConvFilterGradient(const ConvGradArguments& arguments)
      : a_(arguments), w_(arguments.window), tile_(arguments.window), runs_(tile_.tiling.images * tile_.tiling.rows) {
    parts_.plan(tile_.padded.floats());
    parts_.plan(tile_.gatheredFloats());
    parts_.plan(static_cast<std::size_t>(tile_.positions()) * rowStride());
    parts_.plan(static_cast<std::size_t>(runs_) * kFloatsOf8Bytes);
    parts_.plan(static_cast<std::size_t>(runs_) * kFloatsOf8Bytes);
  }

  std::size_t scratch() const { return parts_.total(); }

  /** Floats of a row of dW and of dOut here. */
  int rowStride() const { return upTo(a_.outputs, L); }

  /** @param dW [taps, channels][rowStride], cleared here */
  void run(Images images, float* scratch, float* dW) {
    std::memset(dW, 0, sizeof(float) * tile_.windowValues() * rowStride());
    Parts parts = parts_;
    parts.begin(scratch);
    tile_.padded.memory = parts.take(tile_.padded.floats());
    gathered_ = parts.take(tile_.gatheredFloats());
    dOut_ = parts.take(static_cast<std::size_t>(tile_.positions()) * rowStride());
    xRuns_ = reinterpret_cast<const float**>(parts.take(static_cast<std::size_t>(runs_) * kFloatsOf8Bytes));
    dRuns_ = reinterpret_cast<const float**>(parts.take(static_cast<std::size_t>(runs_) * kFloatsOf8Bytes));
    for (int image = images.first; image < images.last; image += tile_.tiling.images) {
      const int count = smaller(tile_.tiling.images, images.last - image);
      for (int from = 0; from < w_.outHeight(); from += tile_.tiling.rows) {
        const int to = smaller(w_.outHeight(), from + tile_.tiling.rows);
        tile_.stage(a_.x, a_.norm, image, count, from);
        stageGradient(image, count, from, to);
        tile_.gathered ? addGathered(count, from, to, dW) : addTaps(count, from, to, dW);
      }
    }
  }

 private:
  void stageGradient(int image, int count, int from, int to) {
    int run = 0;
    for (int i = 0; i < count; i++)
      for (int row = from; row < to; row++, run++) {
        float* out = dOut_ + static_cast<std::ptrdiff_t>(run) * w_.outWidth() * rowStride();
        dRuns_[run] = out;
        gradientRow(a_.gradient, (static_cast<std::ptrdiff_t>(image + i) * w_.outHeight() + row) * w_.outWidth(),
                    {w_.outWidth(), a_.outputs, 0, a_.outputs, rowStride()}, out);
      }
  }

  void addTaps(int count, int from, int to, float* dW) {
    for (int tap = 0; tap < w_.size * w_.size; tap++) {
      const std::ptrdiff_t offset =
          tap / w_.size * tile_.padded.rowStride() + static_cast<std::ptrdiff_t>(tap % w_.size) * w_.channels;
      int run = 0;
      for (int i = 0; i < count; i++)
        for (int row = from; row < to; row++) xRuns_[run++] = tile_.window(i, row, 0) + offset;
      productRanks(run, w_.outWidth(), {xRuns_, static_cast<std::ptrdiff_t>(w_.stride) * w_.channels}, w_.channels,
                   {dRuns_, rowStride()}, a_.outputs, dW + static_cast<std::ptrdiff_t>(tap) * w_.channels * rowStride(), rowStride());
    }
  }

  /** All taps at once, from copied windows. */
  void addGathered(int count, int from, int to, float* dW) {
    float* out = gathered_;
    for (int i = 0; i < count; i++)
      for (int row = from; row < to; row++)
        for (int column = 0; column < w_.outWidth(); column++, out += tile_.windowValues())
          tile_.gather(tile_.window(i, row, column), out);
    const float* x = gathered_;
    const float* d = dOut_;
    productRanks(1, count * (to - from) * w_.outWidth(), {&x, tile_.windowValues()}, tile_.windowValues(), {&d, rowStride()},
                 a_.outputs, dW, rowStride());
  }

  const ConvGradArguments& a_;
  const Window& w_;
  ForwardTile tile_;
  int runs_;
  Parts parts_;
  float *gathered_ = nullptr, *dOut_ = nullptr;
  const float **xRuns_ = nullptr, **dRuns_ = nullptr;
};

/** dF for all groups, with the reduction that was asked for. */
inline void convInputGradient(const ConvGradArguments& a) {
  const Window& w = a.window;
  const std::vector<Phase> phases = phasesOf(w);
  const Groups groups(w.batch, 16);
  const bool reduces = a.reduction.sum != nullptr;
  const std::size_t sumSize = reduces ? ChannelSums::doubles(w.channels) : 0;
  const std::size_t filterSize = packedSize(w.size * w.size * a.outputs, w.channels);
  Parts parts;
  parts.plan(filterSize);
  parts.plan(kFloatsOf8Bytes * sumSize * groups.count);
  parts.begin(ThreadPool::instance().shared(parts.total()));
  float* filters = parts.take(filterSize);
  double* totals = reinterpret_cast<double*>(parts.take(kFloatsOf8Bytes * sumSize * groups.count));
  float* to = filters;
  for (const Phase& phase : phases) {
    packTaps(phase.tapCount, a.outputs, w.channels, to, [&](int tap, int output, int channel, int count, float* out) {
      const float* from = a.filter + (static_cast<std::ptrdiff_t>(phase.taps[tap].index) * w.channels + channel) * a.outputs + output;
      for (int c = 0; c < count; c++) out[c] = from[static_cast<std::ptrdiff_t>(c) * a.outputs];
    });
    to += packedSize(phase.tapCount * a.outputs, w.channels);
  }
  parallel(groups.count, [&](int group, int thread) {
    ConvInputGradient gradient(a, phases);
    gradient.run(groups.at(group), filters, ThreadPool::instance().scratch(thread, gradient.scratch()),
                 reduces ? totals + group * sumSize : nullptr);
  });
  if (reduces) writeReduction(totals, groups.count, w.channels, a.reduction);
}

/** Gradients of an ordinary convolution. */
void convGrad(const ConvGradArguments& a) {
  const Window& w = a.window;
  const int stride = upTo(a.outputs, L), rows = w.size * w.size * w.channels;
  const std::size_t partSize = static_cast<std::size_t>(rows) * stride;
  const Groups groups(w.batch, gradientGroups(partSize));
  float* dW = ThreadPool::instance().shared(partSize * groups.count);
  parallel(groups.count, [&](int group, int thread) {
    ConvFilterGradient gradient(a);
    gradient.run(groups.at(group), ThreadPool::instance().scratch(thread, gradient.scratch()), dW + group * partSize);
  });
  parallel(quotientUp(rows, 16), [&](int item, int) {
    for (int row = item * 16; row < smaller(rows, item * 16 + 16); row++)
      for (int n = 0; n < a.outputs; n += L) {
        V sum = Isa::zero();
        for (int g = 0; g < groups.count; g++) sum = Isa::add(sum, Isa::load(dW + g * partSize + static_cast<std::size_t>(row) * stride + n));
        Isa::storePart(a.dFilter + static_cast<std::ptrdiff_t>(row) * a.outputs + n, sum, smaller(L, a.outputs - n));
      }
  });
  if (a.dx) convInputGradient(a);
}
