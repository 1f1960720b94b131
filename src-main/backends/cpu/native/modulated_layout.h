#pragma once
#include "phases.h"
#include "product.h"
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

/** C^ as the right side of P: [g * K + c][tap, h]. */
inline void packForP(const float* chat, const Phase& phase, const MapBlock& block, int channels, int maps, float* out) {
  packPanels(channels, block.columns(phase), out, [&](int channel, int first, int count, float* row) {
    for (int column = first; column < first + count;) {
      const int tap = column / block.maps, map = column % block.maps;
      const int n = smaller(block.maps - map, first + count - column);
      const float* from = chat + (static_cast<std::ptrdiff_t>(phase.taps[tap].index) * channels + channel) * maps;
      std::memcpy(row + (column - first), from + block.first + map, sizeof(float) * n);
      column += n;
    }
  });
}

/** C^ as the right side of dF: [tap, h][g * K + c]. */
inline void packForInput(const float* chat, const Phase& phase, const MapBlock& block, int channels, int maps, float* out) {
  packPanels(block.columns(phase), channels, out, [&](int row, int first, int count, float* to) {
    const int tap = row / block.maps, map = block.first + row % block.maps;
    const float* from = chat + (static_cast<std::ptrdiff_t>(phase.taps[tap].index) * channels + first) * maps + map;
    for (int c = 0; c < count; c++) to[c] = from[static_cast<std::ptrdiff_t>(c) * maps];
  });
}

/** M [K, taps] as [taps][K]. */
inline void tapMajor(const float* m, int planes, int taps, float* out) {
  for (int tap = 0; tap < taps; tap++)
    for (int plane = 0; plane < planes; plane++) out[tap * planes + plane] = m[plane * taps + tap];
}

/** Where the packed filters of every block and phase begin. */
struct Packed {
  std::vector<Phase> const& phases;
  int channels, maps, blocks;
  bool forInput;

  std::size_t size(int block, int phase) const {
    const int columns = MapBlock(block, maps).columns(phases[phase]);
    return forInput ? packedSize(columns, channels) : packedSize(channels, columns);
  }
  std::size_t begin(int block, int phase) const {
    std::size_t at = 0;
    const int count = static_cast<int>(phases.size());
    for (int b = 0; b <= block; b++)
      for (int p = 0; p < (b == block ? phase : count); p++) at += upTo64(size(b, p));
    return at;
  }
  std::size_t total() const { return begin(blocks, 0); }

  void fill(const float* chat, float* out) const {
    const int count = static_cast<int>(phases.size());
    parallel(blocks * count, [&](int item, int) {
      const int block = item / count, phase = item % count;
      const MapBlock maps16(block, maps);
      float* to = out + begin(block, phase);
      if (forInput) packForInput(chat, phases[phase], maps16, channels, maps, to);
      else packForP(chat, phases[phase], maps16, channels, maps, to);
    });
  }

 private:
  static std::size_t upTo64(std::size_t floats) { return (floats + 15) / 16 * 16; }
};
