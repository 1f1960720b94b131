#pragma once
#include "arguments.h"
#include "product.h"

/** How many positions of a row are written, how far apart they lie, and which channels of them. */
struct GradientRun {
  int columns, channels, first, count;
  std::ptrdiff_t outStep;
};

/** b x + c of one vector of channels, and the factor of dy: 1 for a gradient that is not lazy. */
template <bool Lazy>
struct LazyVector {
  V a, b, c;

  LazyVector(const Gradient& g, int channel, int n)
      : a(Lazy ? Isa::loadPart(g.a + channel, n) : Isa::zero()), b(Lazy ? Isa::loadPart(g.b + channel, n) : Isa::zero()),
        c(Lazy ? Isa::loadPart(g.c + channel, n) : Isa::zero()) {}

  template <bool Whole>
  void write(V dy, const float* x, int n, float* out) const {
    V value = dy;
    if constexpr (Lazy) value = Isa::fma(dy, a, Isa::fma(Whole ? Isa::load(x) : Isa::loadPart(x, n), b, c));
    if (Whole) Isa::store(out, value);
    else Isa::storePart(out, value, n);
  }
};

/** One vector of channels of a run of positions whose dy is their own. */
template <bool Lazy, bool Whole>
inline void ownVector(const Gradient& g, std::ptrdiff_t at, const GradientRun& run, int c, int n, float* out) {
  const LazyVector<Lazy> lazy(g, run.first + c, n);
  const float* dy = g.dy + at + run.first + c;
  const float* x = Lazy ? g.x + at + run.first + c : nullptr;
  for (int column = 0; column < run.columns; column++, dy += run.channels, out += run.outStep) {
    lazy.template write<Whole>(Whole ? Isa::load(dy) : Isa::loadPart(dy, n), x, n, out);
    if (Lazy) x += run.channels;
  }
}

/** The same where dy belongs to pooled windows: window by window, each value to its place. */
template <bool Lazy, bool Whole>
inline void pooledVector(const Gradient& g, std::ptrdiff_t at, std::ptrdiff_t window, int rowPlace, const GradientRun& run, int c, int n,
                         float* out) {
  const LazyVector<Lazy> lazy(g, run.first + c, n);
  const int size = g.pool.size;
  const float* dy = g.dy + window + run.first + c;
  const uint8_t* index = g.index + window + run.first + c;
  const float* x = Lazy ? g.x + at + run.first + c : nullptr;
  int place = g.pool.beforeX();
  for (int column = 0; column < run.columns; dy += run.channels, index += run.channels, place = 0) {
    const V value = Whole ? Isa::load(dy) : Isa::loadPart(dy, n), places = Isa::loadBytes(index, n);
    for (; place < size && column < run.columns; place++, column++, out += run.outStep) {
      const V here = Isa::set(static_cast<float>(rowPlace + place));
      lazy.template write<Whole>(Isa::whereEqual(places, here, value), x, n, out);
      if (Lazy) x += run.channels;
    }
  }
}

/** Calls vector(whole or not, first channel, channels) for every vector of channels. */
template <class Vector>
inline void eachVector(int count, Vector vector) {
  int c = 0;
  for (; c + L <= count; c += L) vector(std::true_type{}, c, L);
  if (c < count) vector(std::false_type{}, c, count - c);
}

template <bool Lazy>
inline void gradientRunOf(const Gradient& g, std::ptrdiff_t position, const GradientRun& run, float* out) {
  const std::ptrdiff_t at = position * run.channels;
  if (!g.index) {
    eachVector(run.count, [&](auto whole, int c, int n) { ownVector<Lazy, decltype(whole)::value>(g, at, run, c, n, out + c); });
    return;
  }
  const Window& pool = g.pool;
  const std::ptrdiff_t row = position / pool.width;
  const int y = static_cast<int>(row % pool.height) + pool.beforeY();
  const std::ptrdiff_t window = (row / pool.height * pool.outHeight() + y / pool.size) * pool.outWidth() * run.channels;
  eachVector(run.count, [&](auto whole, int c, int n) {
    pooledVector<Lazy, decltype(whole)::value>(g, at, window, y % pool.size * pool.size, run, c, n, out + c);
  });
}

/**
 * Writes a gradient out for one row of an image.
 * @param position of the row's first column, counted over all images
 * @param out `columns` positions of `count` channels each
 */
inline void gradientRow(const Gradient& g, std::ptrdiff_t position, const GradientRun& run, float* out) {
  if (g.x) return gradientRunOf<true>(g, position, run, out);
  if (g.index) return gradientRunOf<false>(g, position, run, out);
  const float* dy = g.dy + position * run.channels + run.first;
  for (int column = 0; column < run.columns; column++, dy += run.channels, out += run.outStep)
    copyFew(dy, run.count, out);
}
