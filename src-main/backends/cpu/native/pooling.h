#pragma once
#include "phases.h"
#include "rows.h"

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

/** The places of a window that lie inside the image, and how far each is from the first of them. */
struct WindowPlaces {
  int count = 0;
  std::ptrdiff_t offset[kMostTaps];
  float place[kMostTaps];

  WindowPlaces(const Window& w, const WindowSpan& span) {
    for (int y = span.fromY; y < span.toY; y++)
      for (int x = span.fromX; x < span.toX; x++, count++) {
        offset[count] = (static_cast<std::ptrdiff_t>(y - span.fromY) * w.width + x - span.fromX) * w.channels;
        place[count] = static_cast<float>((y - span.top) * w.size + x - span.left);
      }
  }
};

/** The value with the largest scale * x of one vector of channels of one window, and where it stands. */
template <bool Whole>
inline void largestOfWindow(const float* x, const WindowPlaces& places, const float* scale, int n, float* y, uint8_t* index) {
  const auto get = [n](const float* p) { return Whole ? Isa::load(p) : Isa::loadPart(p, n); };
  const V factor = scale ? get(scale) : Isa::set(1);
  V value = get(x + places.offset[0]), best = Isa::mul(value, factor), place = Isa::set(places.place[0]);
  for (int i = 1; i < places.count; i++) {
    const V other = get(x + places.offset[i]), scaled = Isa::mul(other, factor);
    value = Isa::whereGreater(scaled, best, other, value);
    place = Isa::whereGreater(scaled, best, Isa::set(places.place[i]), place);
    best = Isa::whereGreater(scaled, best, scaled, best);
  }
  if (Whole) Isa::store(y, value);
  else Isa::storePart(y, value, n);
  Isa::storeBytes(index, place, n);
}

/** The largest of each window of one row of them, for some channels. */
inline void maxPoolRow(const MaxPoolArguments& a, int image, int row, int firstChannel, int channels) {
  const Window& w = a.window;
  const int outWidth = w.outWidth(), whole = channels / L * L;
  std::ptrdiff_t out = (static_cast<std::ptrdiff_t>(image) * w.outHeight() + row) * outWidth * w.channels + firstChannel;
  const float* scale = a.scale ? a.scale + firstChannel : nullptr;
  const WindowSpan inner(w, row, outWidth / 2);
  const WindowPlaces innerPlaces(w, inner);
  for (int column = 0; column < outWidth; column++, out += w.channels) {
    const WindowSpan span(w, row, column);
    const bool likeInner = span.fromX - span.left == inner.fromX - inner.left && span.toX - span.left == inner.toX - inner.left;
    const float* x = inputAt(a.x, w, image, span.fromY, span.fromX) + firstChannel;
    const auto vectors = [&](const WindowPlaces& places) {
      for (int c = 0; c < whole; c += L)
        largestOfWindow<true>(x + c, places, scale ? scale + c : nullptr, L, a.y + out + c, a.index + out + c);
      if (whole < channels)
        largestOfWindow<false>(x + whole, places, scale ? scale + whole : nullptr, channels - whole, a.y + out + whole,
                               a.index + out + whole);
    };
    likeInner ? vectors(innerPlaces) : vectors(WindowPlaces(w, span));
  }
}

/** The largest of each window, and where it stands. */
void maxPool(const MaxPoolArguments& a) {
  const int outHeight = a.window.outHeight();
  parallel(a.window.batch * outHeight,
           [&](int item, int) { maxPoolRow(a, item / outHeight, item % outHeight, 0, a.window.channels); });
}

/** Pools those windows of an image that rows [from, to) complete; windows lie side by side. */
inline void maxPoolCompleted(const MaxPoolArguments& a, int image, int from, int to, int firstChannel, int channels) {
  const Window& w = a.window;
  for (int row = (from + w.beforeY()) / w.size; row < w.outHeight() && WindowSpan(w, row, 0).toY <= to; row++)
    maxPoolRow(a, image, row, firstChannel, channels);
}

/** Each dy at its place in dx; dx is cleared first where windows overlap or leave gaps. */
void maxUnpool(const MaxUnpoolArguments& a) {
  const Window& w = a.window;
  const int outHeight = w.outHeight(), outWidth = w.outWidth();
  const bool apart = w.size == w.stride;
  const std::size_t area = static_cast<std::size_t>(w.height) * w.width * w.channels;
  parallel(w.batch, [&](int image, int) {
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
              Isa::storePart(to, apart ? here : Isa::add(Isa::loadPart(to, n), here), n);
            }
        }
      }
  });
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
