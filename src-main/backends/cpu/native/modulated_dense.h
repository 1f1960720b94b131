#pragma once
#include "conv_backward.h"
#include "conv_forward.h"

/**
 * MCconv as an ordinary convolution with filters Q = C^ M, where the factored form saves nothing: K G / (G + 1) times fewer
 * multiply-adds are at most twice fewer for a single input map, less than its passes over the taps cost.
 */
inline bool denseIsCheaper(const Window& window, int planes) { return planes == 1 || window.channels == planes; }

/** Q[tap][c][h * K + k] = C^[tap][c][h] M[k, tap] (Eq. 4, 5). */
inline void reconstruct(const float* chat, const float* m, int taps, int channels, int maps, int planes, float* q) {
  parallel(taps, [&](int tap, int) {
    for (int at = tap * channels * maps; at < (tap + 1) * channels * maps; at++)
      for (int k = 0; k < planes; k++) q[static_cast<std::ptrdiff_t>(at) * planes + k] = chat[at] * m[k * taps + tap];
  });
}

inline void modulatedConvDense(const ModulatedConvArguments& a) {
  const int taps = a.window.size * a.window.size;
  float* q = ThreadPool::instance().filters(static_cast<std::size_t>(taps) * a.window.channels * a.maps * a.planes);
  reconstruct(a.chat, a.m, taps, a.window.channels, a.maps, a.planes, q);
  ConvArguments dense;
  dense.window = a.window;
  dense.outputs = a.maps * a.planes;
  dense.x = a.x;
  dense.norm = a.norm;
  dense.filter = q;
  dense.y = a.y;
  dense.statistics = a.statistics;
  dense.pooling = a.pooling;
  conv(dense);
}

/** dC^ = sum_k dQ M, dM = sum_{g,c,h} dQ C^ (Eq. 12, 16). */
inline void modulatedConvGradDense(const ModulatedConvGradArguments& a) {
  const int taps = a.window.size * a.window.size, perTap = a.window.channels * a.maps;
  const std::size_t size = static_cast<std::size_t>(taps) * perTap * a.planes;
  float* q = ThreadPool::instance().filters(2 * size);
  float* dQ = q + size;
  reconstruct(a.chat, a.m, taps, a.window.channels, a.maps, a.planes, q);
  ConvGradArguments dense;
  dense.window = a.window;
  dense.outputs = a.maps * a.planes;
  dense.x = a.x;
  dense.norm = a.norm;
  dense.filter = q;
  dense.gradient = a.gradient;
  dense.dFilter = dQ;
  dense.dx = a.dx;
  dense.reduction = a.reduction;
  convGrad(dense);
  parallel(taps, [&](int tap, int) {
    for (int k = 0; k < a.planes; k++) {
      const float mk = a.m[k * taps + tap];
      double sum = 0;
      for (int at = tap * perTap; at < (tap + 1) * perTap; at++) {
        const float d = dQ[static_cast<std::ptrdiff_t>(at) * a.planes + k];
        a.dChat[at] = k == 0 ? d * mk : a.dChat[at] + d * mk;
        sum += static_cast<double>(d) * a.chat[at];
      }
      a.dM[k * taps + tap] = static_cast<float>(sum);
    }
  });
}
