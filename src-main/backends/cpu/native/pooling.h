#pragma once
#include "rows.h"
#include "tiling.h"

/** The part of a window at output (row, column) that lies inside the image. */
struct WindowSpan {
  int fromY, toY, fromX, toX, top, left;

  WindowSpan(const Window& w, int row, int column) {
    top = row * w.stride - w.beforeY();
    left = column * w.stride - w.beforeX();
    fromY = larger(0, top);
    toY = smaller(w.height, top + w.size);
    fromX = larger(0, left);
    toX = smaller(w.width, left + w.size);
  }
  int count() const { return (toY - fromY) * (toX - fromX); }
};

inline const float* inputAt(const float* x, const Window& w, int image, int row, int column) {
  return x + ((static_cast<std::ptrdiff_t>(image) * w.height + row) * w.width + column) * w.channels;
}

/** Largest normalised value of one vector of channels of one window, and where it stands. */
template <bool Whole>
inline void maxOfWindow(const MaxPoolArguments& a, const float* x, const WindowSpan& span, int c, int n, V scale, V shift,
                        std::ptrdiff_t out) {
  const Window& w = a.window;
  const V zero = Isa::zero();
  V best = Isa::set(-3.4028235e38f), place = zero;
  for (int y = span.fromY; y < span.toY; y++)
    for (int column = span.fromX; column < span.toX; column++) {
      const float* at = x + (static_cast<std::ptrdiff_t>(y) * w.width + column) * w.channels + c;
      V value = Isa::fma(Whole ? Isa::load(at) : Isa::loadPart(at, n), scale, shift);
      if (a.norm.relu) value = Isa::max(zero, value);
      const V here = Isa::set(static_cast<float>((y - span.top) * w.size + column - span.left));
      place = Isa::whereGreater(value, best, here, place);
      best = Isa::whereGreater(value, best, value, best);
    }
  if (Whole) Isa::store(a.y + out + c, best);
  else Isa::storePart(a.y + out + c, best, n);
  Isa::storeBytes(a.index + out + c, place, n);
}

/** Largest normalised value of each window, and where it stands. */
void maxPool(const MaxPoolArguments& a) {
  const Window& w = a.window;
  const int outHeight = w.outHeight(), outWidth = w.outWidth();
  parallel(w.batch, [&](int image, int) {
    const float* x = inputAt(a.x, w, image, 0, 0);
    for (int row = 0; row < outHeight; row++)
      for (int c = 0; c < w.channels; c += L) {
        const int n = smaller(L, w.channels - c);
        const V scale = a.norm.scale ? Isa::loadPart(a.norm.scale + c, n) : Isa::set(1);
        const V shift = a.norm.scale ? Isa::loadPart(a.norm.shift + c, n) : Isa::zero();
        std::ptrdiff_t out = (static_cast<std::ptrdiff_t>(image) * outHeight + row) * outWidth * w.channels;
        for (int column = 0; column < outWidth; column++, out += w.channels) {
          const WindowSpan span(w, row, column);
          n == L ? maxOfWindow<true>(a, x, span, c, n, scale, shift, out) : maxOfWindow<false>(a, x, span, c, n, scale, shift, out);
        }
      }
  });
}

/** Adds what one image's windows send back to dx, which is cleared first where windows overlap or leave gaps. */
inline void maxPoolGradImage(const MaxPoolGradArguments& a, int image) {
  const Window& w = a.window;
  const int outHeight = w.outHeight(), outWidth = w.outWidth();
  const bool apart = w.size == w.stride;
  const std::size_t area = static_cast<std::size_t>(w.height) * w.width * w.channels;
  float* dx = a.dx + image * area;
  if (!apart) std::memset(dx, 0, area * sizeof(float));
  for (int row = 0; row < outHeight; row++)
    for (int column = 0; column < outWidth; column++) {
      const WindowSpan span(w, row, column);
      const std::ptrdiff_t out = ((static_cast<std::ptrdiff_t>(image) * outHeight + row) * outWidth + column) * w.channels;
      for (int c = 0; c < w.channels; c += L) {
        const int n = smaller(L, w.channels - c);
        const V place = Isa::loadBytes(a.index + out + c, n), dy = Isa::loadPart(a.dy + out + c, n);
        for (int y = span.fromY; y < span.toY; y++)
          for (int x = span.fromX; x < span.toX; x++) {
            float* to = dx + (static_cast<std::ptrdiff_t>(y) * w.width + x) * w.channels + c;
            const V here = Isa::whereEqual(place, Isa::set(static_cast<float>((y - span.top) * w.size + x - span.left)), dy);
            if (!apart) Isa::storePart(to, Isa::add(Isa::loadPart(to, n), here), n);
            else if (n == L) Isa::store(to, here);
            else Isa::storePart(to, here, n);
          }
      }
    }
}

/** Gradient of max pooling to its input, masked and summed up where asked for. */
void maxPoolGrad(const MaxPoolGradArguments& a) {
  const Window& w = a.window;
  const Groups groups(w.batch, 32);
  const bool reduces = a.reduction.sum != nullptr;
  const std::size_t sumSize = reduces ? ChannelSums::doubles(w.channels) : 0;
  double* totals = reinterpret_cast<double*>(ThreadPool::instance().shared(2 * sumSize * groups.count));
  parallel(groups.count, [&](int group, int thread) {
    ChannelSums sums{totals + group * sumSize, ThreadPool::instance().scratch(thread, ChannelSums::floats(w.channels)), w.channels};
    if (reduces) sums.clear();
    const Images images = groups.at(group);
    for (int image = images.first; image < images.last; image++) {
      maxPoolGradImage(a, image);
      if (!reduces) continue;
      for (int row = 0; row < w.height; row++) {
        const std::ptrdiff_t at = inputAt(a.dx, w, image, row, 0) - a.dx;
        maskAndSumRun(a.dx + at, a.x + at, w.width, a.norm, a.reduction.center, w.channels, sums);
      }
      sums.flush();
    }
  });
  if (reduces) writeReduction(totals, groups.count, w.channels, a.reduction);
}

/** Mean of each window over the values inside the image. */
void averagePool(const AveragePoolArguments& a) {
  const Window& w = a.window;
  const int outHeight = w.outHeight(), outWidth = w.outWidth();
  parallel(w.batch, [&](int image, int) {
    for (int row = 0; row < outHeight; row++)
      for (int column = 0; column < outWidth; column++) {
        const WindowSpan span(w, row, column);
        float* out = a.y + ((static_cast<std::ptrdiff_t>(image) * outHeight + row) * outWidth + column) * w.channels;
        const V share = Isa::set(1.0f / static_cast<float>(span.count()));
        for (int c = 0; c < w.channels; c += L) {
          const int n = smaller(L, w.channels - c);
          V sum = Isa::zero();
          for (int y = span.fromY; y < span.toY; y++)
            for (int x = span.fromX; x < span.toX; x++) sum = Isa::add(sum, Isa::loadPart(inputAt(a.x, w, image, y, x) + c, n));
          Isa::storePart(out + c, Isa::mul(sum, share), n);
        }
      }
  });
}

/** Gradient of averagePool: x holds dy, y receives dx. */
void averagePoolGrad(const AveragePoolArguments& a) {
  const Window& w = a.window;
  const int outHeight = w.outHeight(), outWidth = w.outWidth();
  const std::size_t area = static_cast<std::size_t>(w.height) * w.width * w.channels;
  parallel(w.batch, [&](int image, int) {
    std::memset(a.y + image * area, 0, area * sizeof(float));
    for (int row = 0; row < outHeight; row++)
      for (int column = 0; column < outWidth; column++) {
        const WindowSpan span(w, row, column);
        const float* dy = a.x + ((static_cast<std::ptrdiff_t>(image) * outHeight + row) * outWidth + column) * w.channels;
        const V share = Isa::set(1.0f / static_cast<float>(span.count()));
        for (int c = 0; c < w.channels; c += L) {
          const int n = smaller(L, w.channels - c);
          const V part = Isa::mul(Isa::loadPart(dy + c, n), share);
          for (int y = span.fromY; y < span.toY; y++)
            for (int x = span.fromX; x < span.toX; x++) {
              float* to = const_cast<float*>(inputAt(a.y, w, image, y, x)) + c;
              Isa::storePart(to, Isa::add(Isa::loadPart(to, n), part), n);
            }
        }
      }
  });
}
