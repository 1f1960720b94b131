#include "cpu.h"

#include <cstdint>

#if defined(__x86_64__) || defined(_M_X64)
#if defined(_MSC_VER)
#include <intrin.h>
#else
#include <cpuid.h>
#endif

namespace {

struct Registers {
  uint32_t a, b, c, d;
};

Registers cpuid(uint32_t leaf) {
  Registers r{0, 0, 0, 0};
#if defined(_MSC_VER)
  int values[4];
  __cpuidex(values, static_cast<int>(leaf), 0);
  r = {static_cast<uint32_t>(values[0]), static_cast<uint32_t>(values[1]), static_cast<uint32_t>(values[2]), static_cast<uint32_t>(values[3])};
#else
  __cpuid_count(leaf, 0, r.a, r.b, r.c, r.d);
#endif
  return r;
}

bool has(uint32_t value, int bit) { return (value >> bit & 1u) != 0; }

/** The registers that the operating system keeps for each thread. */
uint64_t keptRegisters() {
#if defined(_MSC_VER)
  return _xgetbv(0);
#else
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return static_cast<uint64_t>(high) << 32 | low;
#endif
}

struct Features {
  bool avx2 = false, avx512 = false;

  Features() {
    if (cpuid(0).a < 7) return;
    const uint32_t first = cpuid(1).c, second = cpuid(7).b;
    const bool fma = has(first, 12), xsave = has(first, 27);
    if (!fma || !xsave) return;
    const uint64_t kept = keptRegisters();
    avx2 = (kept & 0x6) == 0x6 && has(second, 5);
    // F, DQ, BW, VL
    avx512 = avx2 && (kept & 0xE6) == 0xE6 && has(second, 16) && has(second, 17) && has(second, 30) && has(second, 31);
  }
};

}  // namespace
#endif

const std::vector<const Kernels*>& usableKernels() {
  static const std::vector<const Kernels*> usable = [] {
    std::vector<const Kernels*> found;
#if defined(__x86_64__) || defined(_M_X64)
    const Features features;
    if (features.avx512) found.push_back(&avx512Kernels);
    if (features.avx2) found.push_back(&avx2Kernels);
#endif
#if defined(__aarch64__) || defined(_M_ARM64)
    found.push_back(&neonKernels);
#endif
    found.push_back(&portableKernels);
    return found;
  }();
  return usable;
}
