#pragma once
#include "rows.h"

/** Values of a weight that one item works on. */
constexpr int64_t kWeightChunk = 16384;

template <class Body>
void overWeights(int64_t count, Body body) {
  parallel(static_cast<int>((count + kWeightChunk - 1) / kWeightChunk), [&](int item, int) {
    const int64_t from = item * kWeightChunk;
    body(from, from + kWeightChunk < count ? from + kWeightChunk : count);
  });
}

/** g <- gradient + decay w, b <- momentum b + g, w <- w - rate (g + momentum b), |w| where asked for. */
void sgd(const SgdArguments& a) {
  const V decay = Isa::set(a.decay), momentum = Isa::set(a.momentum), rate = Isa::set(-a.rate);
  overWeights(a.count, [&](int64_t from, int64_t to) {
    for (int64_t at = from; at < to; at += L) {
      const int n = to - at < L ? static_cast<int>(to - at) : L;
      const V w = Isa::loadPart(a.w + at, n);
      const V g = Isa::fma(w, decay, Isa::loadPart(a.gradient + at, n));
      const V slot = Isa::fma(Isa::loadPart(a.slot + at, n), momentum, g);
      const V moved = Isa::fma(Isa::fma(slot, momentum, g), rate, w);
      Isa::storePart(a.newSlot + at, slot, n);
      Isa::storePart(a.newW + at, a.absolute ? Isa::abs(moved) : moved, n);
    }
  });
}

/** Nearest center, the higher one on a tie; distances in double, as everywhere in the studio. */
void binarize(const BinarizeArguments& a) {
  overWeights(a.count, [&](int64_t from, int64_t to) {
    for (int64_t at = from; at < to; at++) {
      const double value = a.c[at];
      int best = 0;
      while (best < a.centers - 1) {
        const double here = value - a.center[best], next = value - a.center[best + 1];
        if ((here < 0 ? -here : here) < (next < 0 ? -next : next)) break;
        best++;
      }
      a.chat[at] = a.center[best];
    }
  });
}

/** Sums of one tap's filters: latent squared, latent times binary, binary squared. */
struct TapSums {
  double own = 0, mixed = 0, binary = 0;
};

/**
 * L_filter of one layer for theta = 1 (mcn.md, section 4), value and gradients in one pass over the filters:
 * dC = copies C - C^ sum_j M_j, dM_j = f_j B - A, value = 1/2 sum_taps (copies sum C^2 - 2 S1 A + S2 B).
 */
void filterLoss(const FilterLossArguments& a) {
  TapSums* sums = reinterpret_cast<TapSums*>(ThreadPool::instance().shared(static_cast<std::size_t>(a.taps) * sizeof(TapSums) / sizeof(float)));
  const float copies = a.summed ? 1.0f : static_cast<float>(a.planes);
  const auto total = [&](int tap) {
    float sum = 0;
    for (int k = 0; k < a.planes; k++) sum += a.m[k * a.taps + tap];
    return sum;
  };
  parallel(a.taps, [&](int tap, int) {
    const V s1 = Isa::set(-total(tap)), factor = Isa::set(copies);
    const std::ptrdiff_t begin = static_cast<std::ptrdiff_t>(tap) * a.perTap;
    TapSums found;
    for (int from = 0; from < a.perTap; from += kFloatRows * L) {
      V own = Isa::zero(), mixed = Isa::zero(), binary = Isa::zero();
      for (int at = from; at < smaller(a.perTap, from + kFloatRows * L); at += L) {
        const int n = smaller(L, a.perTap - at);
        const V c = Isa::loadPart(a.c + begin + at, n), chat = Isa::loadPart(a.chat + begin + at, n);
        own = Isa::fma(c, c, own);
        mixed = Isa::fma(c, chat, mixed);
        binary = Isa::fma(chat, chat, binary);
        Isa::storePart(a.dC + begin + at, Isa::fma(chat, s1, Isa::mul(c, factor)), n);
      }
      found.own += Isa::sum(own);
      found.mixed += Isa::sum(mixed);
      found.binary += Isa::sum(binary);
    }
    sums[tap] = found;
  });
  double value = 0;
  for (int tap = 0; tap < a.taps; tap++) {
    const double s1 = total(tap);
    double s2 = s1 * s1;
    if (!a.summed) {
      s2 = 0;
      for (int k = 0; k < a.planes; k++) s2 += static_cast<double>(a.m[k * a.taps + tap]) * a.m[k * a.taps + tap];
    }
    value += copies * sums[tap].own - 2 * s1 * sums[tap].mixed + s2 * sums[tap].binary;
    for (int k = 0; k < a.planes; k++) {
      const double factor = a.summed ? s1 : a.m[k * a.taps + tap];
      a.dM[k * a.taps + tap] = static_cast<float>(factor * sums[tap].binary - sums[tap].mixed);
    }
  }
  *a.value = static_cast<float>(value / 2);
}
