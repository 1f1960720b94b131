#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

#include "../arguments.h"
#include "../kernels.h"
#include "../thread_pool.h"

namespace {
#include "../simd/portable.h"
#include "../all_kernels.h"
}  // namespace

extern const Kernels portableKernels = kernelsNamed("portable");
