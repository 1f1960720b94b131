#pragma once
#include "conv_layout.h"

/** Ordinary convolution of one group of images; the normalised input is staged tile by tile. */
class ConvForward {
 public:
  explicit ConvForward(const ConvArguments& arguments)
      : a_(arguments), w_(arguments.window), tiling_(w_.outHeight(), w_.outWidth(), w_.batch, kConvTile) {
    tile_.images = tiling_.images;
    tile_.rows = (smaller(tiling_.rows, w_.outHeight()) - 1) * w_.stride + w_.size;
    tile_.before = w_.beforeX();
    tile_.columns = larger(tile_.before + w_.width, (w_.outWidth() - 1) * w_.stride + w_.size);
    tile_.channels = w_.channels;
    positions_ = tiling_.images * tiling_.rows * w_.outWidth();
    for (int ty = 0; ty < w_.size; ty++)
      for (int tx = 0; tx < w_.size; tx++) taps_[ty * w_.size + tx] = ty * tile_.rowStride() + static_cast<std::ptrdiff_t>(tx) * w_.channels;
    parts_.plan(tile_.floats());
    parts_.plan(2 * static_cast<std::size_t>(positions_));
    parts_.plan(2 * static_cast<std::size_t>(positions_));
    parts_.plan(ChannelSums::floats(a_.outputs));
  }

  std::size_t scratch() const { return parts_.total(); }

  void run(Images images, const float* filters, float* scratch, double* totals) {
    Parts parts = parts_;
    parts.begin(scratch);
    tile_.memory = parts.take(tile_.floats());
    const float** aRows = reinterpret_cast<const float**>(parts.take(2 * static_cast<std::size_t>(positions_)));
    float** cRows = reinterpret_cast<float**>(parts.take(2 * static_cast<std::size_t>(positions_)));
    ChannelSums sums{totals, parts.take(ChannelSums::floats(a_.outputs)), a_.outputs};
    if (totals) sums.clear();
    for (int image = images.first; image < images.last; image += tiling_.images) {
      const int count = smaller(tiling_.images, images.last - image);
      for (int from = 0; from < w_.outHeight(); from += tiling_.rows) {
        const int to = smaller(w_.outHeight(), from + tiling_.rows);
        tile_.low = from * w_.stride - w_.beforeY();
        tile_.stage(count, w_.height, w_.width, [&](int i, int row, float* out) { stageRow(image + i, row, out); });
        int positions = 0;
        for (int i = 0; i < count; i++)
          for (int row = from; row < to; row++)
            for (int column = 0; column < w_.outWidth(); column++, positions++) {
              aRows[positions] = tile_.at(i, row * w_.stride - w_.beforeY(), column * w_.stride - w_.beforeX());
              cRows[positions] = a_.y + ((static_cast<std::ptrdiff_t>(image + i) * w_.outHeight() + row) * w_.outWidth() + column) * a_.outputs;
            }
        productTaps(positions, aRows, taps_, w_.size * w_.size, w_.channels, filters, a_.outputs, cRows);
        if (!totals) continue;
        for (int i = 0; i < count; i++)
          addSquares(cRows[i * (to - from) * w_.outWidth()], (to - from) * w_.outWidth(), a_.outputs, a_.outputs, sums.first(), sums.second());
        sums.flush();
      }
    }
  }

 private:
  void stageRow(int image, int row, float* out) const {
    const float* x = a_.x + (static_cast<std::ptrdiff_t>(image) * w_.height + row) * w_.width * w_.channels;
    for (int column = 0; column < w_.width; column++, x += w_.channels, out += w_.channels)
      normalizeRow(x, a_.norm, w_.channels, out);
  }

  const ConvArguments& a_;
  const Window& w_;
  Tiling tiling_;
  PaddedTile tile_;
  int positions_;
  std::ptrdiff_t taps_[kMostTaps];
  Parts parts_;
};

/** Ordinary convolution, SAME padding. */
void conv(const ConvArguments& a) {
  const Window& w = a.window;
  const int taps = w.size * w.size;
  const Groups groups(w.batch, 16);
  const bool counts = a.statistics.mean != nullptr;
  const std::size_t sumSize = counts ? 2 * ChannelSums::doubles(a.outputs) : 0;
  Parts parts;
  parts.plan(packedSize(taps * w.channels, a.outputs));
  parts.plan(sumSize * groups.count);
  parts.begin(ThreadPool::instance().shared(parts.total()));
  float* filters = parts.take(packedSize(taps * w.channels, a.outputs));
  double* totals = reinterpret_cast<double*>(parts.take(sumSize * groups.count));
  packTaps(taps, w.channels, a.outputs, filters, [&](int tap, int channel, int column, int count, float* out) {
    std::memcpy(out, a.filter + (static_cast<std::ptrdiff_t>(tap) * w.channels + channel) * a.outputs + column, sizeof(float) * count);
  });
  parallel(groups.count, [&](int group, int thread) {
    ConvForward forward(a);
    forward.run(groups.at(group), filters, ThreadPool::instance().scratch(thread, forward.scratch()),
                counts ? totals + group * (sumSize / 2) : nullptr);
  });
  if (counts)
    writeStatistics(totals, groups.count, a.outputs, static_cast<double>(w.batch) * w.outHeight() * w.outWidth(), a.statistics);
}
