#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>
#include <arm_neon.h>

#include "../arguments.h"
#include "../kernels.h"
#include "../thread_pool.h"

namespace {
#include "../simd/neon.h"
#include "../all_kernels.h"
}  // namespace

extern const Kernels neonKernels = kernelsNamed("neon");
