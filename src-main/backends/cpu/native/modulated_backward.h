#pragma once
#include "modulated_dense.h"
#include "modulated_layout.h"
#include "modulated_planes.h"
#include "rows.h"

/** Where the groups' parts of dC^ lie: per block and phase [g * K + c][tap, h], rows filled up to whole vectors. */
struct FilterGradientLayout {
  const std::vector<Phase>& phases;
  int channels, maps, blocks;

  static int rowStride(const MapBlock& block, const Phase& phase) { return upTo(block.columns(phase), L); }
  std::size_t begin(int block, int phase) const {
    std::size_t at = 0;
    const int count = static_cast<int>(phases.size());
    for (int b = 0; b <= block; b++)
      for (int p = 0; p < (b == block ? phase : count); p++)
        at += static_cast<std::size_t>(channels) * rowStride(MapBlock(b, maps), phases[p]);
    return at;
  }
  std::size_t total() const { return begin(blocks, 0); }
};

/** What all groups of a backward pass share. */
struct ModulatedBackwardPlan {
  const ModulatedConvGradArguments& a;
  const std::vector<Phase>& phases;
  FilterGradientLayout gradients;
  const float* mTaps;
  const PackedFilters& forP;
  const PackedFilters& forInput;
};

/** The backward pass of one group of images: D, P, then the three gradients from them while they are in the cache. */
class ModulatedBackward {
 public:
  explicit ModulatedBackward(const ModulatedBackwardPlan& plan)
      : plan_(plan), a_(plan.a), w_(plan.a.window), operations_(planeOperationsFor(plan.a.planes)),
        tiling_(quotientUp(w_.height, w_.stride), quotientUp(w_.width, w_.stride), w_.batch, kTilePositions) {
    int stride = 0;
    for (const Phase& phase : plan_.phases) {
      const int rows = smaller(phase.height, tiling_.rows);
      positions_ = larger(positions_, tiling_.images * rows * phase.width);
      for (int b = 0; b < plan_.gradients.blocks; b++) stride = larger(stride, MapBlock(b, a_.maps).rowStride(phase));
      planeRows_ = larger(planeRows_, smaller(w_.outHeight(), tiling_.rows + phase.highest - phase.lowest));
    }
    rowFloats_ = static_cast<std::size_t>(positions_) * stride;
    planeFloats_ = static_cast<std::size_t>(tiling_.images) * planeRows_ * w_.outWidth() * a_.planes * HB;
    parts_.plan(rowFloats_);
    parts_.plan(rowFloats_);
    parts_.plan(planeFloats_);
    parts_.plan(static_cast<std::size_t>(positions_) * w_.channels);
    parts_.plan(pointerFloats());
    parts_.plan(pointerFloats());
    parts_.plan(pointerFloats());
    parts_.plan(pointerFloats());
    parts_.plan(static_cast<std::size_t>(kMostTaps) * a_.planes * HB);
    parts_.plan(gradientRowFloats());
    parts_.plan(ChannelSums::floats(w_.channels));
  }

  std::size_t scratch() const { return parts_.total(); }

  /**
   * @param dC this group's part, cleared here
   * @param dM [taps][K], cleared here
   * @param totals for the reduction of dx, or null
   */
  void run(Images images, float* scratch, float* dC, double* dM, double* totals) {
    take(scratch);
    std::memset(dC, 0, plan_.gradients.total() * sizeof(float));
    for (int i = 0; i < w_.size * w_.size * a_.planes; i++) dM[i] = 0;
    sums_ = {totals, sumMemory_, w_.channels};
    if (totals) sums_.clear();
    // What lies behind the last map and tap of a row is multiplied by zero and must be a number.
    if (a_.maps % HB != 0) std::memset(p_, 0, rowFloats_ * sizeof(float));
    for (std::size_t phase = 0; phase < plan_.phases.size(); phase++)
      for (int image = images.first; image < images.last; image += tiling_.images)
        for (int row = 0; row < plan_.phases[phase].height; row += tiling_.rows)
          tile(static_cast<int>(phase), image, smaller(tiling_.images, images.last - image), row, dC, dM);
  }

 private:
  std::size_t gradientRowFloats() const { return static_cast<std::size_t>(w_.outWidth()) * a_.planes * HB; }
  std::size_t pointerFloats() const { return static_cast<std::size_t>(positions_) * kFloatsOf8Bytes; }

  void take(float* scratch) {
    Parts parts = parts_;
    parts.begin(scratch);
    d_ = parts.take(rowFloats_);
    p_ = parts.take(rowFloats_);
    planes_ = parts.take(planeFloats_);
    staged_ = parts.take(static_cast<std::size_t>(positions_) * w_.channels);
    xRows_ = reinterpret_cast<const float**>(parts.take(pointerFloats()));
    pRows_ = reinterpret_cast<float**>(parts.take(pointerFloats()));
    dRows_ = reinterpret_cast<const float**>(parts.take(pointerFloats()));
    dxRows_ = reinterpret_cast<float**>(parts.take(pointerFloats()));
    correlations_ = parts.take(static_cast<std::size_t>(kMostTaps) * a_.planes * HB);
    gradientRow_ = parts.take(gradientRowFloats());
    sumMemory_ = parts.take(ChannelSums::floats(w_.channels));
  }

  /** A tile, block by block of maps while its rows of x and dx are in the cache. */
  void tile(int phaseIndex, int image, int count, int from, float* dC, double* dM) {
    const Phase& phase = plan_.phases[phaseIndex];
    const int to = smaller(phase.height, from + tiling_.rows);
    const int positions = count * (to - from) * phase.width;
    if (positions == 0) return;
    findInputs(phase, image, count, from, to);
    if (phase.tapCount == 0) {
      if (a_.dx) clearInput(positions);
    } else {
      for (int b = 0; b < plan_.gradients.blocks; b++) {
        const MapBlock block(b, a_.maps);
        findRows(block.rowStride(phase), positions);
        stagePlanes(block, phase, image, count, from, to);
        buildD(block, phase, count, from, to);
        plan_.forP.multiply(b, phaseIndex, positions, xRows_, pRows_, false, false);
        correlate(block, phase, count, from, to, dM);
        filterGradient(b, block, phaseIndex, positions, dC);
        if (a_.dx) plan_.forInput.multiply(b, phaseIndex, positions, dRows_, dxRows_, true, b > 0);
      }
    }
    if (sums_.total) reduce(phase, image, count, from, to);
  }

  /** The rows of x (normalised) and dx of a tile, position by position. */
  void findInputs(const Phase& phase, int image, int count, int from, int to) {
    const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(w_.stride) * w_.channels;
    int at = 0;
    for (int i = 0; i < count; i++)
      for (int row = from; row < to; row++) {
        const std::ptrdiff_t offset = inputOffset(phase, image + i, row, 0);
        float* staged = staged_ + static_cast<std::ptrdiff_t>(at) * w_.channels;
        normalizeRun(a_.x + offset, step, phase.width, a_.norm, w_.channels, staged, w_.channels);
        for (int column = 0; column < phase.width; column++, at++) {
          xRows_[at] = staged + static_cast<std::ptrdiff_t>(column) * w_.channels;
          if (a_.dx) dxRows_[at] = a_.dx + offset + column * step;
        }
      }
  }

  /** The rows of P and D. */
  void findRows(int stride, int positions) {
    for (int at = 0; at < positions; at++) {
      pRows_[at] = p_ + static_cast<std::ptrdiff_t>(at) * stride;
      dRows_[at] = d_ + static_cast<std::ptrdiff_t>(at) * stride;
    }
  }

  std::ptrdiff_t inputOffset(const Phase& phase, int image, int row, int column) const {
    const std::ptrdiff_t y = static_cast<std::ptrdiff_t>(image) * w_.height + row * w_.stride + phase.phaseY;
    return (y * w_.width + column * w_.stride + phase.phaseX) * w_.channels;
  }

  void clearInput(int positions) {
    for (int at = 0; at < positions; at++) std::memset(dxRows_[at], 0, sizeof(float) * w_.channels);
  }

  /** Splits the rows of dOut that the tile's taps reach into planes. */
  void stagePlanes(const MapBlock& block, const Phase& phase, int image, int count, int from, int to) {
    planeLow_ = larger(0, from + phase.lowest);
    const int high = smaller(w_.outHeight(), to + phase.highest);
    const int used = block.maps * a_.planes, step = a_.planes * HB;
    if (used < step) std::memset(gradientRow_, 0, sizeof(float) * w_.outWidth() * step);
    for (int i = 0; i < count; i++)
      for (int row = planeLow_; row < high; row++) {
        gradientRow(a_.gradient, (static_cast<std::ptrdiff_t>(image + i) * w_.outHeight() + row) * w_.outWidth(),
                    {w_.outWidth(), a_.maps * a_.planes, block.first * a_.planes, used, step}, gradientRow_);
        float* planes = planesAt(i, row, 0);
        for (int column = 0; column < w_.outWidth(); column++, planes += step) operations_.split(gradientRow_ + column * step, planes);
      }
  }

  float* planesAt(int i, int row, int column) const {
    return planes_ + ((static_cast<std::ptrdiff_t>(i) * planeRows_ + row - planeLow_) * w_.outWidth() + column) * a_.planes * HB;
  }

  /** Calls body(tap number, planes, first position, columns) for every row of every tap that lies inside; else outside(...). */
  template <class Inside, class Outside>
  void eachTapRow(const Phase& phase, int count, int from, int to, Inside inside, Outside outside) {
    for (int i = 0; i < count; i++)
      for (int row = from; row < to; row++) {
        const int position = (i * (to - from) + row - from) * phase.width;
        for (int t = 0; t < phase.tapCount; t++) {
          const Tap& tap = phase.taps[t];
          const int y = row + tap.dy;
          const bool valid = y >= 0 && y < w_.outHeight();
          const int first = valid ? smaller(phase.width, larger(0, -tap.dx)) : phase.width;
          const int last = valid ? larger(first, smaller(phase.width, w_.outWidth() - tap.dx)) : phase.width;
          outside(t, position, first);
          if (last > first) inside(t, tap, planesAt(i, y, first + tap.dx), position + first, last - first);
          outside(t, position + last, phase.width - last);
        }
      }
  }

  void buildD(const MapBlock& block, const Phase& phase, int count, int from, int to) {
    const int stride = block.rowStride(phase), vectors = quotientUp(block.maps, L);
    const V zero = Isa::zero();
    eachTapRow(
        phase, count, from, to,
        [&](int t, const Tap& tap, const float* planes, int position, int columns) {
          operations_.modulate(planes, plan_.mTaps + tap.index * a_.planes, columns, vectors,
                               d_ + static_cast<std::ptrdiff_t>(position) * stride + t * block.maps, stride);
        },
        [&](int t, int position, int columns) {
          float* d = d_ + static_cast<std::ptrdiff_t>(position) * stride + t * block.maps;
          for (int column = 0; column < columns; column++, d += stride)
            for (int offset = 0; offset < vectors * L; offset += L) Isa::store(d + offset, zero);
        });
  }

  /** dM[k, tap] += sum over h and positions of dOut P. */
  void correlate(const MapBlock& block, const Phase& phase, int count, int from, int to, double* dM) {
    const int stride = block.rowStride(phase), vectors = quotientUp(block.maps, L);
    const int perTap = a_.planes * HB;
    std::memset(correlations_, 0, sizeof(float) * phase.tapCount * perTap);
    eachTapRow(
        phase, count, from, to,
        [&](int t, const Tap&, const float* planes, int position, int columns) {
          operations_.correlate(planes, p_ + static_cast<std::ptrdiff_t>(position) * stride + t * block.maps, stride, columns,
                                vectors, correlations_ + t * perTap);
        },
        [](int, int, int) {});
    for (int t = 0; t < phase.tapCount; t++)
      for (int k = 0; k < a_.planes; k++) {
        double sum = 0;
        for (int map = 0; map < block.maps; map++) sum += correlations_[t * perTap + k * HB + map];
        dM[phase.taps[t].index * a_.planes + k] += sum;
      }
  }

  void filterGradient(int blockIndex, const MapBlock& block, int phaseIndex, int positions, float* dC) {
    const Phase& phase = plan_.phases[phaseIndex];
    productRanks(1, positions, {xRows_, w_.channels}, w_.channels, {dRows_, block.rowStride(phase)}, block.columns(phase),
                 dC + plan_.gradients.begin(blockIndex, phaseIndex), FilterGradientLayout::rowStride(block, phase));
  }

  void reduce(const Phase& phase, int image, int count, int from, int to) {
    int at = 0;
    const bool together = w_.stride == 1;
    for (int i = 0; i < count; i++)
      for (int row = from; row < to; row++, at += phase.width) {
        const float* x = a_.x + inputOffset(phase, image + i, row, 0);
        for (int column = 0; column < phase.width; column += together ? phase.width : 1)
          maskAndSumRun(dxRows_[at + column], x + static_cast<std::ptrdiff_t>(column) * w_.stride * w_.channels,
                        together ? phase.width : 1, a_.norm, a_.reduction.center, w_.channels, sums_);
      }
    sums_.flush();
  }

  const ModulatedBackwardPlan& plan_;
  const ModulatedConvGradArguments& a_;
  const Window& w_;
  PlaneOperations operations_;
  Tiling tiling_;
  int positions_ = 0, planeRows_ = 0, planeLow_ = 0;
  std::size_t rowFloats_ = 0, planeFloats_ = 0;
  Parts parts_;
  float *d_ = nullptr, *p_ = nullptr, *planes_ = nullptr, *staged_ = nullptr;
  const float **xRows_ = nullptr, **dRows_ = nullptr;
  float **pRows_ = nullptr, **dxRows_ = nullptr;
  float *correlations_ = nullptr, *gradientRow_ = nullptr, *sumMemory_ = nullptr;
  ChannelSums sums_{nullptr, nullptr, 0};
};

/** Adds the groups' parts of dC^ in their order and puts them in the layout of C. */
inline void gatherFilterGradient(const FilterGradientLayout& layout, const float* parts, std::size_t partSize, int groups,
                                 float* dChat) {
  const int phaseCount = static_cast<int>(layout.phases.size());
  parallel(layout.blocks * layout.channels, [&](int item, int) {
    const int b = item / layout.channels, channel = item % layout.channels;
    const MapBlock block(b, layout.maps);
    for (int p = 0; p < phaseCount; p++) {
      const Phase& phase = layout.phases[p];
      const float* row = parts + layout.begin(b, p) + static_cast<std::size_t>(channel) * FilterGradientLayout::rowStride(block, phase);
      for (int t = 0; t < phase.tapCount; t++)
        for (int map = 0; map < block.maps; map += L) {
          const int n = smaller(L, block.maps - map);
          V sum = Isa::zero();
          for (int g = 0; g < groups; g++) sum = Isa::add(sum, Isa::loadPart(row + g * partSize + t * block.maps + map, n));
          float* to = dChat + (static_cast<std::ptrdiff_t>(phase.taps[t].index) * layout.channels + channel) * layout.maps;
          Isa::storePart(to + block.first + map, sum, n);
        }
    }
  });
}

/** Gradients of MCconv (mcn.md, section 2), D and P built once for all three. */
void modulatedConvGrad(const ModulatedConvGradArguments& a) {
  if (denseIsCheaper(a.window, a.planes)) return modulatedConvGradDense(a);
  const Window& w = a.window;
  const std::vector<Phase> phases = phasesOf(w);
  const int blocks = quotientUp(a.maps, HB), taps = w.size * w.size;
  PackedFilters forP(a.chat, phases, w.channels, a.maps, PackedFilters::Result::P);
  PackedFilters forInput(a.chat, phases, w.channels, a.maps, PackedFilters::Result::Input);
  const FilterGradientLayout gradients{phases, w.channels, a.maps, blocks};
  const std::size_t partSize = (gradients.total() + 15) / 16 * 16;
  const Groups groups(w.batch, gradientGroups(partSize));
  const bool reduces = a.reduction.sum != nullptr;
  const std::size_t dMSize = 2 * static_cast<std::size_t>(taps) * a.planes;
  const std::size_t sumSize = reduces ? 2 * ChannelSums::doubles(w.channels) : 0;
  Parts parts;
  parts.plan(forP.total());
  parts.plan(a.dx ? forInput.total() : 0);
  parts.plan(static_cast<std::size_t>(taps) * a.planes);
  parts.plan(partSize * groups.count);
  parts.plan(dMSize * groups.count);
  parts.plan(sumSize * groups.count);
  parts.begin(ThreadPool::instance().shared(parts.total()));
  forP.fill(parts.take(forP.total()));
  if (a.dx) forInput.fill(parts.take(forInput.total()));
  float* mTaps = parts.take(static_cast<std::size_t>(taps) * a.planes);
  float* dC = parts.take(partSize * groups.count);
  double* dM = reinterpret_cast<double*>(parts.take(dMSize * groups.count));
  double* totals = reinterpret_cast<double*>(parts.take(sumSize * groups.count));
  tapMajor(a.m, a.planes, taps, mTaps);
  const ModulatedBackwardPlan plan{a, phases, gradients, mTaps, forP, forInput};
  parallel(groups.count, [&](int group, int thread) {
    ModulatedBackward backward(plan);
    backward.run(groups.at(group), ThreadPool::instance().scratch(thread, backward.scratch()), dC + group * partSize,
                 dM + group * (dMSize / 2), reduces ? totals + group * (sumSize / 2) : nullptr);
  });
  gatherFilterGradient(gradients, dC, partSize, groups.count, a.dChat);
  for (int tap = 0; tap < taps; tap++)
    for (int k = 0; k < a.planes; k++) {
      double sum = 0;
      for (int g = 0; g < groups.count; g++) sum += dM[g * (dMSize / 2) + tap * a.planes + k];
      a.dM[k * taps + tap] = static_cast<float>(sum);
    }
  if (reduces) writeReduction(totals, groups.count, w.channels, a.reduction);
}
