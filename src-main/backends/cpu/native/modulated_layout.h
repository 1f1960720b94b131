#pragma once
#include "lookup.h"
#include "phases.h"
#include "tiling.h"

/**
 * How modulated convolution is laid out. Maps are worked on in blocks of HB; a row of P or D of one input position q holds the
 * phase's taps one behind the other, `maps` values each (mcn.md, section 2):
 *
 *     P[q][tap][h] = sum_{g,c} F[q][g,c] C^[tap][g,c][h]        D[q][tap][h] = sum_k M[k,tap] dOut[q + d(tap)][h][k]
 *
 * so that the products run over positions that are neighbours in memory, and the taps' shifts are done on P and D.
 */
struct MapBlock {
  int first, maps;

  MapBlock(int index, int allMaps) : first(index * HB), maps(smaller(HB, allMaps - index * HB)) {}
  /** Values of a row. */
  int columns(const Phase& phase) const { return phase.tapCount * maps; }
  /** Floats from row to row: taps are read and written in whole blocks. */
  int rowStride(const Phase& phase) const { return upTo((phase.tapCount - 1) * maps + HB, HB); }
};

constexpr int kTilePositions = 128;

/** A row of C^ as the right side of P, [g * K + c][tap, h]: `count` columns from `first` on. */
inline void rowForP(const float* chat, const Phase& phase, const MapBlock& block, int channels, int maps, int channel, int first,
                    int count, float* row) {
  for (int column = first; column < first + count;) {
    const int tap = column / block.maps, map = column % block.maps;
    const int n = smaller(block.maps - map, first + count - column);
    const float* from = chat + (static_cast<std::ptrdiff_t>(phase.taps[tap].index) * channels + channel) * maps;
    std::memcpy(row + (column - first), from + block.first + map, sizeof(float) * n);
    column += n;
  }
}

/** A row of C^ as the right side of dF, [tap, h][g * K + c]: `count` channels from `first` on. */
inline void rowForInput(const float* chat, const Phase& phase, const MapBlock& block, int channels, int maps, int row, int first,
                        int count, float* to) {
  const int tap = row / block.maps, map = block.first + row % block.maps;
  const float* from = chat + (static_cast<std::ptrdiff_t>(phase.taps[tap].index) * channels + first) * maps + map;
  for (int c = 0; c < count; c++) to[c] = from[static_cast<std::ptrdiff_t>(c) * maps];
}

/** M [K, taps] as [taps][K]. */
inline void tapMajor(const float* m, int planes, int taps, float* out) {
  for (int tap = 0; tap < taps; tap++)
    for (int plane = 0; plane < planes; plane++) out[tap * planes + plane] = m[plane * taps + tap];
}

/**
 * C^ as the right side of a product, packed for every block of maps and phase: as values, or as codes where it has two values only
 * and looking sums up pays.
 */
class PackedFilters {
 public:
  /** What a product with C^ gives. */
  enum class Result { P, Input };

  PackedFilters(const float* chat, const std::vector<Phase>& phases, int channels, int maps, Result result)
      : chat_(chat), phases_(phases), channels_(channels), maps_(maps), blocks_(quotientUp(maps, HB)), result_(result) {
    std::size_t taps = 0, at = 0;
    for (const Phase& phase : phases) taps += phase.tapCount;
    if constexpr (Isa::looksUp) two_ = TwoValues::of(chat, taps * channels * maps);
    for (int block = 0; block < blocks_; block++)
      for (int phase = 0; phase < static_cast<int>(phases.size()); phase++) {
        begins_.push_back(at);
        at += (packedSize(depth(block, phase), columns(block, phase)) + 15) / 16 * 16;
      }
    total_ = at;
  }

  /** Floats of memory that fill wants. */
  std::size_t total() const { return total_; }

  /** Packs into memory of the caller's, which must stay. */
  void fill(float* memory) {
    memory_ = memory;
    const int count = static_cast<int>(phases_.size());
    parallel(blocks_ * count, [&](int item, int) { fillPart(item / count, item % count); });
  }

  /** C rows (+)= A rows times the filters of a block and phase; `exact` and `accumulate` as in productRows. */
  void multiply(int block, int phase, int rows, const float* const* a, float* const* c, bool exact, bool accumulate) const {
    const float* part = memory_ + begin(block, phase);
    const int deep = depth(block, phase), wide = columns(block, phase);
    if constexpr (Isa::looksUp) {
      if (looksUp(block, phase))
        return productByLookup<Isa>(rows, a, deep, two_, reinterpret_cast<const int32_t*>(part), wide, c, exact, accumulate);
    }
    const std::ptrdiff_t noOffset = 0;
    productRows(rows, a, &noOffset, 1, deep, part, wide, c, exact, accumulate);
  }

 private:
  std::size_t begin(int block, int phase) const { return begins_[block * phases_.size() + phase]; }
  int ofMaps(int block, int phase) const { return MapBlock(block, maps_).columns(phases_[phase]); }
  int depth(int block, int phase) const { return result_ == Result::P ? channels_ : ofMaps(block, phase); }
  int columns(int block, int phase) const { return result_ == Result::P ? ofMaps(block, phase) : channels_; }
  bool looksUp(int block, int phase) const { return two_.only && lookupPays(columns(block, phase)); }

  void fillPart(int block, int phase) const {
    const MapBlock maps16(block, maps_);
    const auto row = [&](int index, int first, int count, float* out) {
      const auto fillRow = result_ == Result::P ? rowForP : rowForInput;
      fillRow(chat_, phases_[phase], maps16, channels_, maps_, index, first, count, out);
    };
    float* to = memory_ + begin(block, phase);
    if (looksUp(block, phase))
      return packCodes(depth(block, phase), columns(block, phase), two_.one, reinterpret_cast<int32_t*>(to), row);
    packPanels(depth(block, phase), columns(block, phase), to, row);
  }

  const float* chat_;
  const std::vector<Phase>& phases_;
  int channels_, maps_, blocks_;
  Result result_;
  TwoValues two_;
  std::vector<std::size_t> begins_;
  std::size_t total_ = 0;
  float* memory_ = nullptr;
};
