#pragma once
#include <cmath>
#include <vector>

/** A reference result in double, with the sum of the absolute values of its terms: what rounding errors are measured against. */
struct Expected {
  std::vector<double> value, size;

  explicit Expected(std::size_t count) : value(count, 0.0), size(count, 0.0) {}
  void add(std::size_t at, double term) {
    value[at] += term;
    size[at] += std::fabs(term);
  }
  void add(std::size_t at, double term, double magnitude) {
    value[at] += term;
    size[at] += magnitude;
  }

  /** Index of the first value that is further off than rounding explains; -1 when all fit. */
  int64_t firstWrong(const std::vector<float>& found, double tolerance = 4e-6) const {
    for (std::size_t i = 0; i < found.size(); i++)
      if (!(std::fabs(found[i] - value[i]) <= tolerance * size[i] + 1e-7)) return static_cast<int64_t>(i);
    return -1;
  }
};
