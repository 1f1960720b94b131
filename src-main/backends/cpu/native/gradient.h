#pragma once
#include "arguments.h"
#include "product.h"

/** One vector of dy; of pooled windows only what went to the place `here` inside them. */
template <bool Pooled>
inline V upstreamVector(const float* dy, const uint8_t* index, V here, int n) {
  if constexpr (!Pooled) return n == L ? Isa::load(dy) : Isa::loadPart(dy, n);
  return Isa::whereEqual(Isa::loadBytes(index, n), here, Isa::loadPart(dy, n));
}

/** Reads a gradient position by position, along a row of its image. */
class GradientReader {
 public:
  /** @param position that is read first; @param channels of a position */
  GradientReader(const Gradient& gradient, std::ptrdiff_t position, int channels)
      : g_(gradient), channels_(channels), at_(position * channels), window_(at_) {
    if (!g_.index) return;
    const Window& pool = g_.pool;
    const std::ptrdiff_t row = position / pool.width;
    const int y = static_cast<int>(row % pool.height) + pool.beforeY(), x = static_cast<int>(position % pool.width) + pool.beforeX();
    const std::ptrdiff_t windowRow = row / pool.height * pool.outHeight() + y / pool.size;
    window_ = (windowRow * pool.outWidth() + x / pool.size) * channels;
    column_ = x % pool.size;
    place_ = y % pool.size * pool.size + column_;
  }

  /** Goes on to the next position of the row. */
  void next() {
    at_ += channels_;
    if (!g_.index) {
      window_ = at_;
      return;
    }
    place_++;
    if (++column_ < g_.pool.size) return;
    column_ = 0;
    place_ -= g_.pool.size;
    window_ += channels_;
  }

  /** Channels first .. first + count - 1 of the position. */
  void read(int first, int count, float* out) const {
    if (g_.index) return g_.x ? write<true, true>(first, count, out) : write<true, false>(first, count, out);
    if (g_.x) return write<false, true>(first, count, out);
    std::memcpy(out, g_.dy + at_ + first, sizeof(float) * count);
  }

 private:
  template <bool Pooled, bool Lazy>
  void write(int first, int count, float* out) const {
    const float* dy = g_.dy + window_ + first;
    const uint8_t* index = Pooled ? g_.index + window_ + first : nullptr;
    const V here = Isa::set(static_cast<float>(place_));
    int c = 0;
    for (; c + L <= count; c += L) {
      V value = upstreamVector<Pooled>(dy + c, index + c, here, L);
      if constexpr (Lazy) {
        const int channel = first + c;
        const V shifted = Isa::fma(Isa::load(g_.x + at_ + channel), Isa::load(g_.b + channel), Isa::load(g_.c + channel));
        value = Isa::fma(value, Isa::load(g_.a + channel), shifted);
      }
      Isa::store(out + c, value);
    }
    if (c == count) return;
    const int n = count - c, channel = first + c;
    V value = upstreamVector<Pooled>(dy + c, index + c, here, n);
    if constexpr (Lazy) {
      const V shifted =
          Isa::fma(Isa::loadPart(g_.x + at_ + channel, n), Isa::loadPart(g_.b + channel, n), Isa::loadPart(g_.c + channel, n));
      value = Isa::fma(value, Isa::loadPart(g_.a + channel, n), shifted);
    }
    Isa::storePart(out + c, value, n);
  }

  const Gradient& g_;
  int channels_;
  /** First value of the position in x, and of its window in dy. */
  std::ptrdiff_t at_, window_;
  int column_ = 0, place_ = 0;
};
