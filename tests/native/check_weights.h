#pragma once
#include <cmath>
#include <limits>

#include "counts.h"
#include "expectation.h"
#include "kernels.h"
#include "random_case.h"

/** One update of a weight by an optimizer with two slots against its formula: what the weight moves by, and its slots. */
template <class Formula>
void checkTwoSlots(const TwoSlotArguments& a, const std::string& what, Formula formula) {
  const std::size_t size = static_cast<std::size_t>(a.count);
  Expected wWanted(size), firstWanted(size), secondWanted(size);
  for (std::size_t i = 0; i < size; i++) {
    double first = a.first[i], second = a.second[i];
    const double moved = a.w[i] - formula(a.gradient[i] + static_cast<double>(a.decay) * a.w[i], first, second);
    firstWanted.add(i, first, 2);
    secondWanted.add(i, second, 2);
    wWanted.add(i, a.absolute ? std::fabs(moved) : moved, 4);
  }
  const auto right = [size](const Expected& wanted, const float* found) {
    return wanted.firstWrong(std::vector<float>(found, found + size)) < 0;
  };
  count(right(firstWanted, a.newFirst) && right(secondWanted, a.newSecond) && right(wWanted, a.newW), what);
}

inline void checkOptimizers(const Kernels& kernels, Random& random) {
  const std::size_t size = random.between(1, random.chance(10) ? 40000 : 300);
  const std::vector<float> w = random.values(size), gradient = random.values(size), first = random.values(size);
  std::vector<float> second = random.values(size), newW(size), newFirst(size), newSecond(size);
  for (float& value : second) value = std::fabs(value);
  TwoSlotArguments weight;
  weight.count = static_cast<int64_t>(size);
  weight.w = w.data();
  weight.gradient = gradient.data();
  weight.first = first.data();
  weight.second = second.data();
  weight.decay = 5e-4f;
  weight.absolute = random.chance(50);
  weight.newW = newW.data();
  weight.newFirst = newFirst.data();
  weight.newSecond = newSecond.data();

  const AdamArguments adam{weight, 0.01f, 1.5f, 1e-3f, 0.9f, 0.1f, 0.99f, 0.01f};
  kernels.adam(adam);
  checkTwoSlots(weight, std::string(kernels.isa) + " adam", [&](double g, double& mean, double& square) {
    mean = static_cast<double>(adam.keepFirst) * mean + static_cast<double>(adam.takeFirst) * g;
    square = static_cast<double>(adam.keepSecond) * square + static_cast<double>(adam.takeSecond) * g * g;
    return static_cast<double>(adam.pace) * mean / (std::sqrt(square) * adam.correction + adam.epsilon);
  });

  std::vector<float> squares = first;
  for (float& value : squares) value = std::fabs(value);
  weight.first = squares.data();
  const AdadeltaArguments adadelta{weight, 0.5f, 1e-3f, 0.9f, 0.1f};
  kernels.adadelta(adadelta);
  checkTwoSlots(weight, std::string(kernels.isa) + " adadelta", [&](double g, double& square, double& update) {
    square = static_cast<double>(adadelta.keep) * square + static_cast<double>(adadelta.take) * g * g;
    const double d = std::sqrt((update + adadelta.epsilon) / (square + adadelta.epsilon)) * g;
    update = static_cast<double>(adadelta.keep) * update + static_cast<double>(adadelta.take) * d * d;
    return static_cast<double>(adadelta.rate) * d;
  });
}

/** Values up to the largest are finite numbers; one that is not among them is found wherever it stands. */
inline void checkFinite(const Kernels& kernels, Random& random) {
  const std::size_t size = random.between(1, random.chance(10) ? 40000 : 300);
  std::vector<float> x = random.values(size);
  for (float& value : x) value *= std::numeric_limits<float>::max();
  float check = 7;
  kernels.finite({static_cast<int64_t>(size), x.data(), &check});
  count(check == 0, std::string(kernels.isa) + " finite");
  const float bad[] = {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(), std::nanf("")};
  x[random.between(0, static_cast<int>(size) - 1)] = bad[random.between(0, 2)];
  kernels.finite({static_cast<int64_t>(size), x.data(), &check});
  count(std::isnan(check), std::string(kernels.isa) + " not finite");
}

inline void checkWeights(const Kernels& kernels, Random& random) {
  const int planes = random.between(1, 8), taps = random.between(1, 25), perTap = random.between(1, random.chance(10) ? 20000 : 200);
  const std::size_t size = static_cast<std::size_t>(taps) * perTap;
  const std::vector<float> c = random.values(size), gradient = random.values(size), slot = random.values(size);
  const std::vector<float> m = random.values(static_cast<std::size_t>(planes) * taps);
  std::vector<float> center = random.values(random.between(2, 16));
  for (std::size_t i = 1; i < center.size(); i++)
    for (std::size_t j = i; j > 0 && center[j - 1] > center[j]; j--) std::swap(center[j - 1], center[j]);
  std::vector<float> chat(size), w(size), newSlot(size), dC(size), dM(m.size()), value(1);
  kernels.binarize({static_cast<int64_t>(size), static_cast<int>(center.size()), c.data(), center.data(), chat.data()});
  bool nearest = true;
  for (std::size_t i = 0; i < size; i++) {
    double distance = 1e30, wanted = 0;
    for (float candidate : center)
      if (std::fabs(static_cast<double>(c[i]) - candidate) <= distance) {
        distance = std::fabs(static_cast<double>(c[i]) - candidate);
        wanted = candidate;
      }
    nearest = nearest && chat[i] == wanted;
  }
  count(nearest, std::string(kernels.isa) + " binarize");
  SgdArguments s;
  s.count = static_cast<int64_t>(size);
  s.w = c.data();
  s.gradient = gradient.data();
  s.slot = slot.data();
  s.rate = 0.1f;
  s.momentum = 0.9f;
  s.decay = 5e-4f;
  s.absolute = random.chance(50);
  s.newW = w.data();
  s.newSlot = newSlot.data();
  kernels.sgd(s);
  Expected wWanted(size), slotWanted(size);
  for (std::size_t i = 0; i < size; i++) {
    const double g = gradient[i] + static_cast<double>(s.decay) * c[i], b = static_cast<double>(s.momentum) * slot[i] + g;
    const double moved = c[i] - static_cast<double>(s.rate) * (g + static_cast<double>(s.momentum) * b);
    slotWanted.add(i, b, 2);
    wWanted.add(i, s.absolute ? std::fabs(moved) : moved, 2);
  }
  count(slotWanted.firstWrong(newSlot) < 0 && wWanted.firstWrong(w) < 0, std::string(kernels.isa) + " sgd");
  const bool summed = random.chance(30);
  Expected valueWanted(1), dCWanted(size), dMWanted(m.size());
  for (int tap = 0; tap < taps; tap++)
    for (int i = 0; i < perTap; i++) {
      const std::size_t at = static_cast<std::size_t>(tap) * perTap + i;
      double all = 0;
      for (int k = 0; k < planes; k++) all += m[k * taps + tap];
      for (int k = 0; k < (summed ? 1 : planes); k++) {
        const double off = c[at] - chat[at] * (summed ? all : m[k * taps + tap]);
        valueWanted.add(0, off * off / 2);
        dCWanted.add(at, off, std::fabs(c[at]) + std::fabs(chat[at]) * std::fabs(summed ? all : m[k * taps + tap]));
        for (int to = summed ? 0 : k; to < (summed ? planes : k + 1); to++)
          dMWanted.add(static_cast<std::size_t>(to) * taps + tap, -off * chat[at], std::fabs(c[at] * chat[at]) + std::fabs(chat[at] * chat[at] * all));
      }
    }
  const bool based = random.chance(50);
  const float theta = based ? 0.25f : 1.0f;
  const std::vector<float> baseM = random.values(m.size());
  for (std::size_t i = 0; i < size && based; i++) {
    dCWanted.value[i] = gradient[i] + theta * dCWanted.value[i];
    dCWanted.size[i] += 1;
  }
  for (std::size_t i = 0; i < m.size() && based; i++) {
    dMWanted.value[i] = baseM[i] + theta * dMWanted.value[i];
    dMWanted.size[i] += 1;
  }
  kernels.filterLoss({taps, perTap, planes, summed, theta, based ? gradient.data() : nullptr, based ? baseM.data() : nullptr, c.data(), chat.data(), m.data(), value.data(), dC.data(), dM.data()});
  count(valueWanted.firstWrong(value, 2e-5) < 0 && dCWanted.firstWrong(dC) < 0 && dMWanted.firstWrong(dM, 2e-5) < 0,
        std::string(kernels.isa) + " filterLoss");
}
