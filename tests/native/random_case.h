#pragma once
#include <cstdint>
#include <vector>

/** Small, repeatable random numbers: xorshift with a seed. */
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 1) {}

  /** low .. high, both included */
  int between(int low, int high) { return low + static_cast<int>(next() % static_cast<uint64_t>(high - low + 1)); }
  bool chance(int percent) { return between(1, 100) <= percent; }
  float value() { return static_cast<float>(static_cast<double>(next() >> 11) / 4503599627370496.0 - 1.0); }

  std::vector<float> values(std::size_t count) {
    std::vector<float> all(count);
    for (float& v : all) v = value();
    return all;
  }

 private:
  uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  uint64_t state_;
};
