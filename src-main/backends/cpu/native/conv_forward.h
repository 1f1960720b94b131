#pragma once
#include "conv_layout.h"
#include "pooling.h"

/** Ordinary convolution of one group of images; the normalised input is staged tile by tile. */
class ConvForward {
 public:
  explicit ConvForward(const ConvArguments& arguments) : a_(arguments), w_(arguments.window), tile_(arguments.window) {
    if (tile_.gathered) taps_[0] = 0;
    else
      for (int tap = 0; tap < w_.size * w_.size; tap++)
        taps_[tap] = tap / w_.size * tile_.padded.rowStride() + static_cast<std::ptrdiff_t>(tap % w_.size) * w_.channels;
    parts_.plan(tile_.padded.floats());
    parts_.plan(tile_.gatheredFloats());
    parts_.plan(pointerFloats());
    parts_.plan(pointerFloats());
    parts_.plan(ChannelMoments::floats(a_.outputs));
  }

  std::size_t scratch() const { return parts_.total(); }

  /** Taps and values of each as the packed filters have them. */
  static int tapCount(const Window& w) { return ForwardTile(w).gathered ? 1 : w.size * w.size; }
  static int depth(const Window& w) { return w.size * w.size * w.channels / tapCount(w); }

  void run(Images images, const float* filters, float* scratch, double* totals) {
    Parts parts = parts_;
    parts.begin(scratch);
    tile_.padded.memory = parts.take(tile_.padded.floats());
    gathered_ = parts.take(tile_.gatheredFloats());
    aRows_ = reinterpret_cast<const float**>(parts.take(pointerFloats()));
    cRows_ = reinterpret_cast<float**>(parts.take(pointerFloats()));
    ChannelMoments sums{totals, parts.take(ChannelMoments::floats(a_.outputs)), a_.outputs};
    if (totals) sums.clear();
    for (int image = images.first; image < images.last; image += tile_.tiling.images) {
      const int count = smaller(tile_.tiling.images, images.last - image);
      for (int from = 0; from < w_.outHeight(); from += tile_.tiling.rows) {
        const int to = smaller(w_.outHeight(), from + tile_.tiling.rows);
        tile_.stage(a_.x, a_.norm, image, count, from);
        const int positions = findRows(image, count, from, to);
        productTaps(positions, aRows_, taps_, tapCount(w_), depth(w_), filters, a_.outputs, cRows_);
        if (a_.pooling.y)
          for (int i = 0; i < count; i++) maxPoolCompleted(a_.pooling, image + i, from, to, 0, a_.outputs);
        if (!totals) continue;
        const int perImage = (to - from) * w_.outWidth();
        for (int i = 0; i < count; i++)
          sums.add(cRows_[i * perImage], perImage, a_.outputs);
        sums.flush();
      }
    }
  }

 private:
  std::size_t pointerFloats() const { return static_cast<std::size_t>(tile_.positions()) * kFloatsOf8Bytes; }

  int findRows(int image, int count, int from, int to) {
    int at = 0;
    for (int i = 0; i < count; i++)
      for (int row = from; row < to; row++)
        for (int column = 0; column < w_.outWidth(); column++, at++) {
          aRows_[at] = tile_.window(i, row, column);
          if (tile_.gathered) {
            float* out = gathered_ + static_cast<std::ptrdiff_t>(at) * tile_.windowValues();
            tile_.gather(aRows_[at], out);
            aRows_[at] = out;
          }
          cRows_[at] = a_.y + ((static_cast<std::ptrdiff_t>(image + i) * w_.outHeight() + row) * w_.outWidth() + column) * a_.outputs;
        }
    return at;
  }

  const ConvArguments& a_;
  const Window& w_;
  ForwardTile tile_;
  std::ptrdiff_t taps_[kMostTaps];
  Parts parts_;
  float* gathered_ = nullptr;
  const float** aRows_ = nullptr;
  float** cRows_ = nullptr;
};

/** Ordinary convolution, SAME padding. */
void conv(const ConvArguments& a) {
  const Window& w = a.window;
  const int taps = ConvForward::tapCount(w), depth = ConvForward::depth(w);
  const Groups groups(w.batch, 16);
  const bool counts = a.statistics.mean != nullptr;
  const std::size_t sumSize = counts ? ChannelMoments::doubles(a.outputs) : 0;
  Parts parts;
  parts.plan(packedSize(taps * depth, a.outputs));
  parts.plan(kFloatsOf8Bytes * sumSize * groups.count);
  parts.begin(ThreadPool::instance().shared(parts.total()));
  float* filters = parts.take(packedSize(taps * depth, a.outputs));
  double* totals = reinterpret_cast<double*>(parts.take(kFloatsOf8Bytes * sumSize * groups.count));
  packTaps(taps, depth, a.outputs, filters, [&](int tap, int row, int column, int count, float* out) {
    std::memcpy(out, a.filter + (static_cast<std::ptrdiff_t>(tap) * depth + row) * a.outputs + column, sizeof(float) * count);
  });
  parallel(groups.count, [&](int group, int thread) {
    ConvForward forward(a);
    forward.run(groups.at(group), filters, ThreadPool::instance().scratch(thread, forward.scratch()),
                counts ? totals + group * sumSize : nullptr);
  });
  if (counts) writeStatistics(totals, groups.count, a.outputs, a.statistics);
}
