#pragma once
#include <vector>

#include "kernels.h"

/** The kernels that this processor can run, the fastest first. */
const std::vector<const Kernels*>& usableKernels();

/** The fastest of them. */
inline const Kernels* bestKernels() { return usableKernels().front(); }
