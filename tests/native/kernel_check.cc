// Every kernel of every instruction set that this processor has, against its formula, on random shapes; and the same bits with one thread
// and with several. Prints "N passed, N failed" and every failure with its shape.
//   kernel_check [cases per kernel] [seed]
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "cpu.h"
#include "random_case.h"
#include "reference.h"
#include "thread_pool.h"

namespace {

int passed = 0, failed = 0;

void count(bool holds, const std::string& what) {
  (holds ? passed : failed)++;
  if (!holds && failed <= 20) std::printf("  wrong: %s\n", what.c_str());
}

std::string describe(const char* isa, const char* kernel, const Window& w, int maps, int planes) {
  char text[200];
  std::snprintf(text, sizeof text, "%s %s: batch %d, %dx%dx%d, window %d, stride %d, maps %d, planes %d", isa, kernel, w.batch, w.height,
                w.width, w.channels, w.size, w.stride, maps, planes);
  return text;
}

Window randomWindow(Random& random, int planes, bool pooling) {
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
std::vector<uint8_t> pooledIndex(Random& random, const Window& image, Gradient& gradient) {
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
std::vector<float> randomFilters(Random& random, std::size_t count) {
  std::vector<float> filters = random.values(count);
  if (random.chance(40)) return filters;
  const float zero = random.value(), one = random.chance(90) ? random.value() : zero;
  for (float& value : filters) value = value < 0 ? zero : one;
  return filters;
}

void checkConvolution(const Kernels& kernels, Random& random, bool modulated) {
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

void checkPooling(const Kernels& kernels, Random& random) {
  const Window w = randomWindow(random, 1, true);
  const std::size_t inputs = static_cast<std::size_t>(w.batch) * w.height * w.width * w.channels;
  const std::size_t outputs = static_cast<std::size_t>(w.batch) * w.outHeight() * w.outWidth() * w.channels;
  const std::vector<float> x = random.values(inputs), dy = random.values(outputs), scale = random.values(w.channels);
  const bool scaled = random.chance(60);
  std::vector<double> best(outputs, -1e30), count1(outputs, 0);
  std::vector<std::size_t> from(outputs, 0);
  std::vector<float> largest(outputs);
  std::vector<uint8_t> place(outputs, 0);
  Expected average(outputs);
  eachTap(w, [&](int image, int oy, int ox, int ty, int tx, int iy, int ix) {
    for (int c = 0; c < w.channels; c++) {
      const std::size_t out = outputIndex(w, image, oy, ox, w.channels) + c, in = inputIndex(w, image, iy, ix) + c;
      const float value = scaled ? scale[c] * x[in] : x[in];
      count1[out] += 1;
      average.add(out, x[in]);
      if (value <= best[out]) continue;
      best[out] = value;
      largest[out] = x[in];
      from[out] = in;
      place[out] = static_cast<uint8_t>(ty * w.size + tx);
    }
  });
  std::vector<float> y(outputs), dx(inputs);
  std::vector<uint8_t> index(outputs);
  kernels.maxPool({w, x.data(), scaled ? scale.data() : nullptr, y.data(), index.data()});
  const std::string what = describe(kernels.isa, "pool", w, 0, 1);
  count(y == largest && index == place, what + " maximum");
  Expected dxWanted(inputs), averageGrad(inputs);
  for (std::size_t i = 0; i < outputs; i++) dxWanted.add(from[i], dy[i]);
  kernels.maxUnpool({w, dy.data(), index.data(), dx.data()});
  count(dxWanted.firstWrong(dx) < 0, what + " maximum's gradient");
  for (std::size_t i = 0; i < outputs; i++) average.value[i] /= count1[i];
  kernels.averagePool({w, x.data(), y.data()});
  count(average.firstWrong(y) < 0, what + " mean");
  eachTap(w, [&](int image, int oy, int ox, int, int, int iy, int ix) {
    for (int c = 0; c < w.channels; c++) {
      const std::size_t out = outputIndex(w, image, oy, ox, w.channels) + c;
      averageGrad.add(inputIndex(w, image, iy, ix) + c, dy[out] / count1[out]);
    }
  });
  kernels.averagePoolGrad({w, dy.data(), dx.data()});
  count(averageGrad.firstWrong(dx) < 0, what + " mean's gradient");
}

void checkMatMul(const Kernels& kernels, Random& random) {
  MatMulArguments m;
  m.rows = random.between(1, 70);
  m.inner = random.between(1, random.chance(20) ? 500 : 60);
  m.columns = random.between(1, 120);
  m.transposeA = random.chance(50);
  m.transposeB = random.chance(50);
  const std::vector<float> a = random.values(static_cast<std::size_t>(m.rows) * m.inner);
  const std::vector<float> b = random.values(static_cast<std::size_t>(m.inner) * m.columns);
  std::vector<float> c(static_cast<std::size_t>(m.rows) * m.columns);
  m.a = a.data();
  m.b = b.data();
  m.c = c.data();
  Expected wanted(c.size());
  for (int i = 0; i < m.rows; i++)
    for (int j = 0; j < m.columns; j++)
      for (int k = 0; k < m.inner; k++)
        wanted.add(static_cast<std::size_t>(i) * m.columns + j,
                   static_cast<double>(a[m.transposeA ? k * m.rows + i : i * m.inner + k]) * b[m.transposeB ? j * m.inner + k : k * m.columns + j]);
  const bool same = sameOnThreads(c, [&] { kernels.matMul(m); });
  char what[120];
  std::snprintf(what, sizeof what, "%s matMul %d x %d x %d%s%s", kernels.isa, m.rows, m.inner, m.columns, m.transposeA ? " a^T" : "", m.transposeB ? " b^T" : "");
  count(same && wanted.firstWrong(c) < 0, what);
}

void checkRows(const Kernels& kernels, Random& random) {
  RowsArguments r;
  const Window image{random.between(1, 4), random.between(1, random.chance(20) ? 40 : 5), random.between(1, 20), random.between(1, 70)};
  r.rows = static_cast<int64_t>(image.batch) * image.height * image.width;
  r.channels = image.channels;
  r.width = image.width;
  const std::size_t size = static_cast<std::size_t>(r.rows) * r.channels;
  const std::vector<float> x = random.values(size), other = random.values(size), dy = random.values(size);
  const std::vector<float> a = random.values(r.channels), b = random.values(r.channels), c = random.values(r.channels);
  const std::vector<float> center = random.values(r.channels);
  std::vector<float> y(size), first(r.channels), second(r.channels);
  char what[120];
  std::snprintf(what, sizeof what, "%s rows %lld x %d", kernels.isa, static_cast<long long>(r.rows), r.channels);
  const std::string name = what;
  r.x = x.data();
  r.other = other.data();
  r.y = y.data();
  r.statistics = {first.data(), second.data()};
  Expected sum(size), mean(r.channels), variance(r.channels);
  for (std::size_t i = 0; i < size; i++) sum.add(i, x[i]);
  referenceStatistics(sum, r.channels, mean, variance);
  bool same = sameOnThreads(first, [&] { kernels.batchStatistics(r); });
  count(same && mean.firstWrong(first) < 0 && variance.firstWrong(second) < 0, name + " statistics");
  for (std::size_t i = 0; i < size; i++) sum.add(i, other[i]);
  Expected meanOfSum(r.channels), varianceOfSum(r.channels);
  referenceStatistics(sum, r.channels, meanOfSum, varianceOfSum);
  kernels.addWithStatistics(r);
  count(sum.firstWrong(y) < 0 && meanOfSum.firstWrong(first) < 0 && varianceOfSum.firstWrong(second) < 0, name + " sum");
  r.norm = {a.data(), b.data(), random.chance(50)};
  Expected normal(size), combined(size), d(size), sums(r.channels), products(r.channels);
  Gradient lazy{dy.data(), x.data(), a.data(), b.data(), c.data()};
  const std::vector<uint8_t> index = pooledIndex(random, image, lazy);
  r.gradient.dy = dy.data();
  r.reduction = {center.data(), first.data(), second.data()};
  const bool withOther = random.chance(50);
  for (std::size_t i = 0; i < size; i++) {
    const int channel = static_cast<int>(i % r.channels);
    normal.add(i, act(r.norm, x[i], channel), 2);
    combined.add(i, gradientAt(lazy, i, channel) + (withOther ? other[i] : 0), 4);
    d.add(i, dy[i]);
  }
  kernels.normalize(r);
  count(normal.firstWrong(y) < 0, name + " normalize");
  referenceReduction(d, x.data(), r.norm, center.data(), r.channels, sums, products);
  same = sameOnThreads(y, [&] { kernels.normalizeGrad(r); });
  count(same && d.firstWrong(y) < 0 && sums.firstWrong(first) < 0 && products.firstWrong(second) < 0, name + " normalize's gradient");
  const int from = random.between(0, r.channels - 1), copied = random.between(1, r.channels - from), before = random.between(0, 5);
  const int wide = before + copied + random.between(0, 5);
  std::vector<float> copy(static_cast<std::size_t>(r.rows) * wide, 7e7f);
  kernels.copyChannels({r.rows, r.channels, wide, from, before, copied, x.data(), copy.data()});
  bool copies = true;
  for (std::size_t i = 0; i < copy.size(); i++) {
    const int channel = static_cast<int>(i % wide) - before;
    const bool inside = channel >= 0 && channel < copied;
    copies = copies && copy[i] == (inside ? x[i / wide * r.channels + from + channel] : 0.0f);
  }
  count(copies, name + " copied channels");
  if (!withOther) r.other = nullptr;
  r.gradient = lazy;
  kernels.combineGradients(r);
  count(combined.firstWrong(y) < 0, name + " combined gradients");
}

void checkWeights(const Kernels& kernels, Random& random) {
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

}  // namespace

int main(int argc, char** argv) {
  const int cases = argc > 1 ? std::atoi(argv[1]) : 1000;
  const uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  for (const Kernels* kernels : usableKernels()) {
    for (int i = 0; i < cases; i++) {
      Random random(seed * 1000003 + i);
      checkConvolution(*kernels, random, true);
      if (i % 2 == 0) checkConvolution(*kernels, random, false);
      if (i % 2 == 0) checkPooling(*kernels, random);
      if (i % 4 == 0) checkMatMul(*kernels, random);
      if (i % 4 == 0) checkRows(*kernels, random);
      if (i % 4 == 0) checkWeights(*kernels, random);
    }
    std::printf("%s: %d checks so far\n", kernels->isa, passed + failed);
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
