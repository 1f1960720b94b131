#pragma once
#include "weights.h"

/** Blocks of draws that are made side by side: so many that compilers make vectors of the loop rather than unroll it whole. */
constexpr int kBlocks = 64;
constexpr int kDraws = 4 * kBlocks;

/**
 * Philox 4x32-10 (Salmon et al., SC 2011), the generator of all draws of the studio: the words of `kBlocks` blocks of a stream, four
 * each. Words lie in 64 bits, and loops run over blocks, so that compilers make vectors of them.
 */
inline void philox(uint64_t firstBlock, const uint32_t* key, uint32_t* out) {
  constexpr uint64_t kLow = 0xFFFFFFFFu;
  uint64_t c0[kBlocks], c1[kBlocks], c2[kBlocks], c3[kBlocks];
  for (int i = 0; i < kBlocks; i++) {
    c0[i] = (firstBlock + i) & kLow;
    c1[i] = (firstBlock + i) >> 32;
    c2[i] = key[0];
    c3[i] = key[1];
  }
  uint64_t k0 = key[2], k1 = key[3];
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < kBlocks; i++) {
      const uint64_t first = 0xD2511F53u * c0[i], second = 0xCD9E8D57u * c2[i];
      c0[i] = second >> 32 ^ c1[i] ^ k0;
      c1[i] = second & kLow;
      c2[i] = first >> 32 ^ c3[i] ^ k1;
      c3[i] = first & kLow;
    }
    k0 = (k0 + 0x9E3779B9u) & kLow;
    k1 = (k1 + 0xBB67AE85u) & kLow;
  }
  for (int i = 0; i < kBlocks; i++) {
    out[4 * i] = static_cast<uint32_t>(c0[i]);
    out[4 * i + 1] = static_cast<uint32_t>(c1[i]);
    out[4 * i + 2] = static_cast<uint32_t>(c2[i]);
    out[4 * i + 3] = static_cast<uint32_t>(c3[i]);
  }
}

/** Inverted dropout: y = x / (1 - rate) where draw number i of the stream is not below the rate, else 0. */
void dropout(const DropoutArguments& a) {
  const float kept = static_cast<float>(1 / (1 - a.rate));
  // The smallest float that is not below the rate: a draw, which is a float, is below the one exactly if it is below the other.
  float rate = static_cast<float>(a.rate);
  if (rate < a.rate) rate = std::nextafterf(rate, 1.0f);
  overWeights(a.count, [&a, kept, rate](int64_t from, int64_t to) {
    for (int64_t first = from; first < to; first += kDraws) {
      uint32_t words[kDraws];
      philox(static_cast<uint64_t>(first) / 4, a.key, words);
      const int count = to - first < kDraws ? static_cast<int>(to - first) : kDraws;
      const float* x = a.x + first;
      float* y = a.y + first;
      for (int i = 0; i < count; i++) y[i] = static_cast<float>(words[i]) * 0x1p-32f < rate ? 0.0f : x[i] * kept;
    }
  });
}
