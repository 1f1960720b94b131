#pragma once
#include "normalization.h"

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

/** What an optimizer with two slots makes of one vector of weights. */
struct TwoSlotVector {
  V w, first, second;
};

/** Calls update(w, gradient with decay, first, second) for every vector of weights and stores what it returns. */
template <class Update>
inline void updateTwoSlots(const TwoSlotArguments& a, Update update) {
  const V decay = Isa::set(a.decay);
  overWeights(a.count, [&](int64_t from, int64_t to) {
    for (int64_t at = from; at < to; at += L) {
      const int n = to - at < L ? static_cast<int>(to - at) : L;
      const V w = Isa::loadPart(a.w + at, n);
      const V g = Isa::fma(w, decay, Isa::loadPart(a.gradient + at, n));
      const TwoSlotVector moved = update(w, g, Isa::loadPart(a.first + at, n), Isa::loadPart(a.second + at, n));
      Isa::storePart(a.newFirst + at, moved.first, n);
      Isa::storePart(a.newSecond + at, moved.second, n);
      Isa::storePart(a.newW + at, a.absolute ? Isa::abs(moved.w) : moved.w, n);
    }
  });
}

/** m <- beta1 m + (1 - beta1) g, v <- beta2 v + (1 - beta2) g^2, w <- w - pace m / (sqrt(v) correction + epsilon). */
void adam(const AdamArguments& a) {
  const V keepFirst = Isa::set(a.keepFirst), takeFirst = Isa::set(a.takeFirst);
  const V keepSecond = Isa::set(a.keepSecond), takeSecond = Isa::set(a.takeSecond);
  const V pace = Isa::set(a.pace), correction = Isa::set(a.correction), epsilon = Isa::set(a.epsilon);
  updateTwoSlots(a.weight, [&](V w, V g, V first, V second) {
    const V mean = Isa::fma(first, keepFirst, Isa::mul(g, takeFirst));
    const V square = Isa::fma(second, keepSecond, Isa::mul(Isa::mul(g, takeSecond), g));
    const V spread = Isa::fma(Isa::sqrt(square), correction, epsilon);
    return TwoSlotVector{Isa::sub(w, Isa::div(Isa::mul(pace, mean), spread)), mean, square};
  });
}

/** v <- rho v + (1 - rho) g^2, d = sqrt((u + epsilon) / (v + epsilon)) g, u <- rho u + (1 - rho) d^2, w <- w - rate d. */
void adadelta(const AdadeltaArguments& a) {
  const V keep = Isa::set(a.keep), take = Isa::set(a.take), rate = Isa::set(a.rate), epsilon = Isa::set(a.epsilon);
  updateTwoSlots(a.weight, [&](V w, V g, V squares, V updates) {
    const V square = Isa::fma(squares, keep, Isa::mul(Isa::mul(g, take), g));
    const V d = Isa::mul(Isa::sqrt(Isa::div(Isa::add(updates, epsilon), Isa::add(square, epsilon))), g);
    const V update = Isa::fma(updates, keep, Isa::mul(Isa::mul(d, take), d));
    return TwoSlotVector{Isa::sub(w, Isa::mul(rate, d)), square, update};
  });
}

/** check = sum of 0 x: 0 for finite numbers, no number once there is an infinity or none. */
void finite(const FiniteArguments& a) {
  float* checks = ThreadPool::instance().shared(static_cast<std::size_t>(a.count / kWeightChunk + 1));
  overWeights(a.count, [&](int64_t from, int64_t to) {
    V sum[4] = {Isa::zero(), Isa::zero(), Isa::zero(), Isa::zero()};
    int64_t at = from;
    for (; at + 4 * L <= to; at += 4 * L)
      for (int i = 0; i < 4; i++) sum[i] = Isa::fma(Isa::load(a.x + at + i * L), Isa::zero(), sum[i]);
    for (; at < to; at += L) sum[0] = Isa::fma(Isa::loadPart(a.x + at, to - at < L ? static_cast<int>(to - at) : L), Isa::zero(), sum[0]);
    checks[from / kWeightChunk] = Isa::sum(Isa::add(Isa::add(sum[0], sum[1]), Isa::add(sum[2], sum[3])));
  });
  float all = 0;
  for (int64_t chunk = 0; chunk * kWeightChunk < a.count; chunk++) all += checks[chunk];
  *a.check = all;
}

/** Weights that binarize looks at together, center by center. */
constexpr int kBinarizeBlock = 64;

/**
 * Nearest center, the higher one on a tie; distances in double, as everywhere in the studio. Centers ascend, so that once one is nearer
 * than the next it stays so, and every value can look at all of them without a branch.
 */
void binarize(const BinarizeArguments& a) {
  overWeights(a.count, [&](int64_t from, int64_t to) {
    for (int64_t at = from; at < to; at += kBinarizeBlock) {
      const int n = to - at < kBinarizeBlock ? static_cast<int>(to - at) : kBinarizeBlock;
      double value[kBinarizeBlock], found[kBinarizeBlock], nearest[kBinarizeBlock];
      for (int i = 0; i < kBinarizeBlock; i++) {
        value[i] = i < n ? a.c[at + i] : 0;
        found[i] = a.center[0];
        nearest[i] = std::fabs(value[i] - found[i]);
      }
      for (int next = 1; next < a.centers; next++) {
        const double center = a.center[next];
        for (int i = 0; i < kBinarizeBlock; i++) {
          const double distance = std::fabs(value[i] - center);
          const bool stays = nearest[i] < distance;
          found[i] = stays ? found[i] : center;
          nearest[i] = stays ? nearest[i] : distance;
        }
      }
      for (int i = 0; i < n; i++) a.chat[at + i] = static_cast<float>(found[i]);
    }
  });
}

/** Sums of one tap's filters: latent squared, latent times binary, binary squared. */
struct TapSums {
  double own = 0, mixed = 0, binary = 0;
};

/**
 * L_filter of one layer (mcn.md, section 4), value and gradients in one pass over the filters; for theta = 1 and without a base
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
    const V s1 = Isa::set(-total(tap) * a.theta), factor = Isa::set(copies * a.theta);
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
        const V base = a.baseC ? Isa::loadPart(a.baseC + begin + at, n) : Isa::zero();
        Isa::storePart(a.dC + begin + at, Isa::fma(chat, s1, Isa::fma(c, factor, base)), n);
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
      const double base = a.baseM ? a.baseM[k * a.taps + tap] : 0;
      a.dM[k * a.taps + tap] = static_cast<float>(base + a.theta * (factor * sums[tap].binary - sums[tap].mixed));
    }
  }
  *a.value = static_cast<float>(value / 2);
}
