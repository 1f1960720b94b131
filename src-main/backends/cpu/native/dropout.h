#pragma once
#include "weights.h"

/** Philox 4x32-10 (Salmon et al., SC 2011), the generator of all draws of the studio: four words of a stream. */
inline void philox(uint64_t block, const uint32_t* key, uint32_t* out) {
  uint32_t c0 = static_cast<uint32_t>(block), c1 = static_cast<uint32_t>(block >> 32), c2 = key[0], c3 = key[1];
  uint32_t k0 = key[2], k1 = key[3];
  for (int round = 0; round < 10; round++) {
    const uint64_t first = uint64_t{0xD2511F53u} * c0, second = uint64_t{0xCD9E8D57u} * c2;
    const uint32_t high0 = static_cast<uint32_t>(first >> 32), high1 = static_cast<uint32_t>(second >> 32);
    c0 = high1 ^ c1 ^ k0;
    c1 = static_cast<uint32_t>(second);
    c2 = high0 ^ c3 ^ k1;
    c3 = static_cast<uint32_t>(first);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Inverted dropout: y = x / (1 - rate) where draw number i of the stream is not below the rate, else 0. */
void dropout(const DropoutArguments& a) {
  const float kept = static_cast<float>(1 / (1 - a.rate));
  overWeights(a.count, [&](int64_t from, int64_t to) {
    for (int64_t at = from; at < to; at += 4) {
      uint32_t words[4];
      philox(static_cast<uint64_t>(at / 4), a.key, words);
      for (int lane = 0; lane < 4 && at + lane < to; lane++) {
        // As elsewhere, a draw is rounded to float first.
        const float draw = static_cast<float>(words[lane] / 4294967296.0);
        a.y[at + lane] = draw < a.rate ? 0.0f : a.x[at + lane] * kept;
      }
    }
  });
}
