#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>
#include <immintrin.h>

#include "../arguments.h"
#include "../kernels.h"
#include "../thread_pool.h"

namespace {
#include "../simd/avx512.h"
#include "../all_kernels.h"
}  // namespace

extern const Kernels avx512Kernels = kernelsNamed("avx512");
