// Every kernel of every instruction set that this processor has, against its formula, on random shapes; and the same bits with one thread
// and with several. Prints "N passed, N failed" and every failure with its shape.
//   kernel_check [cases per kernel] [seed]
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "check_convolutions.h"
#include "check_weights.h"
#include "cpu.h"
#include "random_case.h"
#include "reference.h"
#include "thread_pool.h"

namespace {

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
      if (i % 4 == 0) checkOptimizers(*kernels, random);
      if (i % 4 == 0) checkFinite(*kernels, random);
    }
    std::printf("%s: %d checks so far\n", kernels->isa, passed + failed);
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
