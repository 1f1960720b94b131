#pragma once
#include <cstdio>
#include <cstring>

#include "counts.h"
#include "kernels.h"
#include "random_case.h"
#include "reference.h"
#include "thread_pool.h"

inline std::string describe(const char* isa, const char* kernel, const Window& w, int maps, int planes) {
  char text[200];
  std::snprintf(text, sizeof text, "%s %s: batch %d, %dx%dx%d, window %d, stride %d, maps %d, planes %d", isa, kernel, w.batch, w.height,
                w.width, w.channels, w.size, w.stride, maps, planes);
  return text;
}

inline Window randomWindow(Random& random, int planes, bool pooling) {
  static const int sizes[] = {1, 2, 3, 3, 3, 4, 5, 7};
  Window w;
  w.batch = random.chance(30) ? 1 : random.between(1, 20);
  w.height = random.between(1, random.chance(10) ? 40 : 11);
  w.width = random.between(1, random.chance(10) ? 40 : 11);
  w.size = sizes[random.between(0, 7)];
  w.stride = random.chance(60) ? 1 : random.between(1, random.chance(20) ? 6 : 3);
  const int groups = random.chance(20) ? random.between(1, 24) : random.between(1, 5);
  w.channels = pooling ? random.between(1, 40) : groups * planes;
  return w;
}

/** Runs compute with one thread and with three; true when both left the same bits. */
template <class Compute>
bool sameOnThreads(std::vector<float>& out, Compute compute) {
  ThreadPool::instance().setThreads(1);
  compute();
  const std::vector<float> alone = out;
  ThreadPool::instance().setThreads(3);
  std::fill(out.begin(), out.end(), 7e7f);
  compute();
  return std::memcmp(alone.data(), out.data(), alone.size() * sizeof(float)) == 0;
}

struct Normalized {
  std::vector<float> scale, shift, center;
  Normalization norm;

  Normalized(Random& random, int channels)
      : scale(random.values(channels)), shift(random.values(channels)), center(random.values(channels)) {
    if (random.chance(35)) return;
    norm = {scale.data(), shift.data(), random.chance(70)};
  }
};

/** Makes a gradient one of pooled values, now and then; returns the places it refers to. */
inline std::vector<uint8_t> pooledIndex(Random& random, const Window& image, Gradient& gradient) {
  std::vector<uint8_t> index;
  if (random.chance(60)) return index;
  gradient.pool = image;
  gradient.pool.size = gradient.pool.stride = random.between(1, 4);
  const std::size_t size = static_cast<std::size_t>(image.batch) * gradient.pool.outHeight() * gradient.pool.outWidth() * image.channels;
  const int places = gradient.pool.size * gradient.pool.size;
  for (std::size_t i = 0; i < size; i++) index.push_back(static_cast<uint8_t>(random.between(0, places - 1)));
  gradient.index = index.data();
  return index;
}

/** Filters: any values, or two as after binarization, which kernels may tell apart; now and then one of them alone. */
inline std::vector<float> randomFilters(Random& random, std::size_t count) {
  std::vector<float> filters = random.values(count);
  if (random.chance(40)) return filters;
  const float zero = random.value(), one = random.chance(90) ? random.value() : zero;
  for (float& value : filters) value = value < 0 ? zero : one;
  return filters;
}

inline void checkConvolution(const Kernels& kernels, Random& random, bool modulated) {
  const int planes = modulated ? random.between(1, 8) : 1;
  const Window w = randomWindow(random, planes, false);
  const int maps = random.chance(25) ? random.between(1, 50) : random.between(1, 18);
  const int outs = maps * planes, taps = w.size * w.size;
  const std::size_t inputs = static_cast<std::size_t>(w.batch) * w.height * w.width * w.channels;
  const std::size_t outputs = static_cast<std::size_t>(w.batch) * w.outHeight() * w.outWidth() * outs;
  const std::string what = describe(kernels.isa, modulated ? "modulatedConv" : "conv", w, maps, planes);
  const std::vector<float> x = random.values(inputs);
  const std::vector<float> chat = randomFilters(random, static_cast<std::size_t>(taps) * w.channels * maps);
  const std::vector<float> m = random.values(static_cast<std::size_t>(taps) * planes);
  const std::vector<float> dy = random.values(outputs), dyX = random.values(outputs);
  const std::vector<float> a = random.values(outs), b = random.values(outs), c = random.values(outs);
  const Normalized normalized(random, w.channels);
  Gradient gradient;
  gradient.dy = dy.data();
  if (random.chance(50)) gradient = {dy.data(), dyX.data(), a.data(), b.data(), c.data()};
  const Window y0{w.batch, w.outHeight(), w.outWidth(), outs};
  const std::vector<uint8_t> index = pooledIndex(random, y0, gradient);
  ConvResult expected = referenceConv(w, maps, planes, x.data(), normalized.norm, chat.data(), modulated ? m.data() : nullptr, gradient);

  std::vector<float> y(outputs), mean(outs), variance(outs);
  const bool counts = random.chance(60);
  const int poolSize = random.chance(50) ? random.between(1, 4) : 0;
  Window pool{w.batch, w.outHeight(), w.outWidth(), outs, poolSize, poolSize > 0 ? poolSize : 1};
  const std::size_t pooledSize = static_cast<std::size_t>(w.batch) * pool.outHeight() * pool.outWidth() * outs;
  std::vector<float> pooled(pooledSize), pooledAlone(pooledSize);
  std::vector<uint8_t> places(pooledSize), placesAlone(pooledSize);
  const bool same = sameOnThreads(y, [&] {
    const Statistics statistics = counts ? Statistics{mean.data(), variance.data()} : Statistics{};
    MaxPoolArguments pooling;
    if (poolSize > 0) pooling = {pool, y.data(), a.data(), pooled.data(), places.data()};
    if (modulated) {
      ModulatedConvArguments arguments;
      arguments.window = w;
      arguments.maps = maps;
      arguments.planes = planes;
      arguments.x = x.data();
      arguments.norm = normalized.norm;
      arguments.chat = chat.data();
      arguments.m = m.data();
      arguments.y = y.data();
      arguments.statistics = statistics;
      arguments.pooling = pooling;
      kernels.modulatedConv(arguments);
    } else {
      ConvArguments arguments;
      arguments.window = w;
      arguments.outputs = maps;
      arguments.x = x.data();
      arguments.norm = normalized.norm;
      arguments.filter = chat.data();
      arguments.y = y.data();
      arguments.statistics = statistics;
      arguments.pooling = pooling;
      kernels.conv(arguments);
    }
  });
  count(same && expected.y.firstWrong(y) < 0, what + " forward");
  if (poolSize > 0) {
    kernels.maxPool({pool, y.data(), a.data(), pooledAlone.data(), placesAlone.data()});
    count(pooled == pooledAlone && places == placesAlone, what + " pooled");
  }
  if (counts) {
    Expected meanWanted(outs), varianceWanted(outs);
    referenceStatistics(expected.y, outs, meanWanted, varianceWanted);
    count(meanWanted.firstWrong(mean) < 0 && varianceWanted.firstWrong(variance) < 0, what + " statistics");
  }

  std::vector<float> dFilter(chat.size()), dM(m.size()), dx(inputs), sum(w.channels), sumX(w.channels);
  const bool needsInput = random.chance(75);
  const bool reduces = needsInput && normalized.norm.scale && random.chance(70);
  std::vector<float> dM1, dx1;
  const bool sameGradient = sameOnThreads(dFilter, [&] {
    const Reduction reduction = reduces ? Reduction{normalized.center.data(), sum.data(), sumX.data()} : Reduction{};
    float* input = needsInput ? dx.data() : nullptr;
    if (modulated) {
      ModulatedConvGradArguments arguments;
      arguments.window = w;
      arguments.maps = maps;
      arguments.planes = planes;
      arguments.x = x.data();
      arguments.norm = normalized.norm;
      arguments.chat = chat.data();
      arguments.m = m.data();
      arguments.gradient = gradient;
      arguments.dChat = dFilter.data();
      arguments.dM = dM.data();
      arguments.dx = input;
      arguments.reduction = reduction;
      kernels.modulatedConvGrad(arguments);
    } else {
      ConvGradArguments arguments;
      arguments.window = w;
      arguments.outputs = maps;
      arguments.x = x.data();
      arguments.norm = normalized.norm;
      arguments.filter = chat.data();
      arguments.gradient = gradient;
      arguments.dFilter = dFilter.data();
      arguments.dx = input;
      arguments.reduction = reduction;
      kernels.convGrad(arguments);
    }
    if (dM1.empty()) {
      dM1 = dM;
      dx1 = dx;
    }
  });
  count(sameGradient && dM1 == dM && dx1 == dx, what + " gradients with other threads");
  count(expected.dFilter.firstWrong(dFilter) < 0, what + " filter gradient");
  if (modulated) count(expected.dM.firstWrong(dM) < 0, what + " M gradient");
  if (!needsInput) return;
  Expected sumWanted(w.channels), sumXWanted(w.channels);
  if (reduces) referenceReduction(expected.dx, x.data(), normalized.norm, normalized.center.data(), w.channels, sumWanted, sumXWanted);
  count(expected.dx.firstWrong(dx) < 0, what + " input gradient");
  if (reduces) count(sumWanted.firstWrong(sum) < 0 && sumXWanted.firstWrong(sumX) < 0, what + " reduction");
}
