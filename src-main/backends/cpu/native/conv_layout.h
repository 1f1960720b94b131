#pragma once
#include "phases.h"
#include "rows.h"
#include "tiling.h"

/**
 * A tile of an image stack with zeros around it, so that taps are plain offsets: rows [low, low + rows) and columns
 * [-before, width + after) of `images` images, C values each.
 */
struct PaddedTile {
  int images = 0, rows = 0, low = 0, before = 0, columns = 0, channels = 0;
  float* memory = nullptr;

  std::size_t floats() const { return static_cast<std::size_t>(images) * rows * columns * channels; }
  std::ptrdiff_t rowStride() const { return static_cast<std::ptrdiff_t>(columns) * channels; }
  float* at(int image, int row, int column) const {
    return memory + (static_cast<std::ptrdiff_t>(image) * rows + row - low) * rowStride() +
           static_cast<std::ptrdiff_t>(column + before) * channels;
  }

  /**
   * Fills the tile from images of `height` rows and `width` columns; rows and columns outside them become zeros.
   * fill(image, row, out) writes the `width` columns of a row.
   */
  template <class Fill>
  void stage(int count, int height, int width, Fill fill) const {
    const std::size_t left = sizeof(float) * before * channels;
    const std::size_t right = sizeof(float) * static_cast<std::size_t>(columns - before - width) * channels;
    for (int image = 0; image < count; image++)
      for (int row = low; row < low + rows; row++) {
        float* begin = at(image, row, -before);
        if (row < 0 || row >= height) {
          std::memset(begin, 0, sizeof(float) * rowStride());
          continue;
        }
        std::memset(begin, 0, left);
        fill(image, row, at(image, row, 0));
        std::memset(at(image, row, width), 0, right);
      }
  }
};

/** Output positions that are worked on at a time. */
constexpr int kConvTile = 192;

/** With fewer channels than this, the taps of a position are copied behind each other: products of a few rows cost more. */
constexpr int kFewChannels = 16;

/** The padded input tile of a forward window, and its positions' taps in a row where channels are few. */
struct ForwardTile {
  const Window& w;
  Tiling tiling;
  PaddedTile padded;
  bool gathered;

  explicit ForwardTile(const Window& window)
      : w(window), tiling(w.outHeight(), w.outWidth(), w.batch, kConvTile), gathered(w.channels < kFewChannels && w.size > 1) {
    padded.images = tiling.images;
    padded.rows = (smaller(tiling.rows, w.outHeight()) - 1) * w.stride + w.size;
    padded.before = w.beforeX();
    padded.columns = larger(padded.before + w.width, (w.outWidth() - 1) * w.stride + w.size);
    padded.channels = w.channels;
  }

  int positions() const { return tiling.images * tiling.rows * w.outWidth(); }
  /** Values of a position's window. */
  int windowValues() const { return w.size * w.size * w.channels; }
  std::size_t gatheredFloats() const { return gathered ? static_cast<std::size_t>(positions()) * windowValues() : 0; }

  /** Stages images [image, image + count), output rows [from, ...). */
  void stage(const float* x, const Normalization& norm, int image, int count, int from) {
    padded.low = from * w.stride - w.beforeY();
    padded.stage(count, w.height, w.width, [&](int i, int row, float* out) {
      const float* source = x + (static_cast<std::ptrdiff_t>(image + i) * w.height + row) * w.width * w.channels;
      normalizeRun(source, w.channels, w.width, norm, w.channels, out, w.channels);
    });
  }

  /** The first value of an output position's window. */
  const float* window(int i, int row, int column) const {
    return padded.at(i, row * w.stride - w.beforeY(), column * w.stride - w.beforeX());
  }

  /** Copies a position's window: [row, column, channel]. */
  void gather(const float* first, float* out) const {
    const int values = w.size * w.channels;
    for (int row = 0; row < w.size; row++)
      copyFew(first + row * padded.rowStride(), values, out + row * values);
  }
};

/** Depth of a product that stays in the first cache with its panel of filters. */
constexpr int kDepth = 384;

/**
 * C rows = A rows times B over many taps, a few taps at a time, so that the panel of B in use stays in the first cache.
 * B is packed for groups of `group` taps: group by group, each as productRows wants it.
 */
inline int tapsPerGroup(int channels) { return larger(1, kDepth / channels); }

inline void productTaps(int rows, const float* const* a, const std::ptrdiff_t* taps, int tapCount, int channels, const float* b,
                        int columns, float* const* c) {
  const int group = tapsPerGroup(channels);
  for (int first = 0; first < tapCount; first += group) {
    const int count = smaller(group, tapCount - first);
    productRows(rows, a, taps + first, count, channels, b, columns, c, true, first > 0);
    b += packedSize(count * channels, columns);
  }
}

/** Packs filters for productTaps: value(tap number, channel, first column, count, out). */
template <class Fill>
void packTaps(int tapCount, int channels, int columns, float* out, Fill fill) {
  const int group = tapsPerGroup(channels);
  const int groups = quotientUp(tapCount, group);
  parallel(groups, [&](int item, int) {
    const int first = item * group, count = smaller(group, tapCount - first);
    packPanels(count * channels, columns, out + static_cast<std::size_t>(first) * channels * upTo(columns, L),
               [&](int row, int column, int n, float* to) { fill(first + row / channels, row % channels, column, n, to); });
  });
}
