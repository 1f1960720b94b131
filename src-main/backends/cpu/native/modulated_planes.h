#pragma once
#include "product.h"

/** What the backward pass does with the K planes of a gradient, for each K: dOut in planes of HB maps, [position][K][HB]. */

/** HB maps of K channels to K planes of HB maps. */
template <int K>
inline void splitMaps(const float* channels, float* planes) {
  if constexpr (K == 4) {
    for (int offset = 0; offset < HB; offset += L) {
      V in[4], out[4];
      for (int i = 0; i < 4; i++) in[i] = Isa::load(channels + offset * 4 + i * L);
      Isa::deinterleave4(in, out);
      for (int k = 0; k < 4; k++) Isa::store(planes + k * HB + offset, out[k]);
    }
    return;
  }
  for (int k = 0; k < K; k++)
    for (int map = 0; map < HB; map++) planes[k * HB + map] = channels[map * K + k];
}

/** D of `columns` positions for one tap: d[h] = sum_k M[k] dOut[k][h]. */
template <int K>
inline void modulateRow(const float* planes, const float* m, int columns, int vectors, float* d, std::ptrdiff_t dStep) {
  V mk[K];
#pragma GCC unroll 8
  for (int k = 0; k < K; k++) mk[k] = Isa::set(m[k]);
  for (int column = 0; column < columns; column++, planes += K * HB, d += dStep) {
    for (int offset = 0; offset < vectors * L; offset += L) {
      V sum = Isa::mul(Isa::load(planes + offset), mk[0]);
#pragma GCC unroll 8
      for (int k = 1; k < K; k++) sum = Isa::fma(Isa::load(planes + k * HB + offset), mk[k], sum);
      Isa::store(d + offset, sum);
    }
  }
}

/** Adds dOut[k][h] P[h] of `columns` positions of one tap to sums[k][HB]. */
template <int K>
inline void correlateRow(const float* planes, const float* p, std::ptrdiff_t pStep, int columns, int vectors, float* sums) {
  for (int offset = 0; offset < vectors * L; offset += L) {
    V sum[K];
#pragma GCC unroll 8
    for (int k = 0; k < K; k++) sum[k] = Isa::load(sums + k * HB + offset);
    const float* plane = planes + offset;
    const float* row = p + offset;
    for (int column = 0; column < columns; column++, plane += K * HB, row += pStep) {
      const V value = Isa::load(row);
#pragma GCC unroll 8
      for (int k = 0; k < K; k++) sum[k] = Isa::fma(value, Isa::load(plane + k * HB), sum[k]);
    }
#pragma GCC unroll 8
    for (int k = 0; k < K; k++) Isa::store(sums + k * HB + offset, sum[k]);
  }
}

/** The operations that depend on K, for one K. */
struct PlaneOperations {
  void (*split)(const float*, float*);
  void (*modulate)(const float*, const float*, int, int, float*, std::ptrdiff_t);
  void (*correlate)(const float*, const float*, std::ptrdiff_t, int, int, float*);
};

template <int K>
constexpr PlaneOperations planeOperations() {
  return {splitMaps<K>, modulateRow<K>, correlateRow<K>};
}

inline PlaneOperations planeOperationsFor(int planes) {
  constexpr PlaneOperations all[] = {planeOperations<1>(), planeOperations<2>(), planeOperations<3>(),
                                     planeOperations<4>(), planeOperations<5>(), planeOperations<6>(),
                                     planeOperations<7>(), planeOperations<8>()};
  return all[planes - 1];
}
