#pragma once
#include <vector>

#include "arguments.h"
#include "parallel.h"

/**
 * A convolution of stride s as s * s convolutions of stride 1: the input positions with row % s == phaseY and column % s == phaseX
 * form an image of their own, and each of its taps leads from its position q to output position q + (dy, dx).
 */
struct Tap {
  /** row * size + column in the filter. */
  int index;
  int dy, dx;
};

constexpr int kMostTaps = 225;

struct Phase {
  int phaseY, phaseX;
  int height, width;
  int tapCount;
  /** Ranges of dy over the taps. */
  int lowest, highest;
  Tap taps[kMostTaps];

  Phase(const Window& window, int y, int x) : phaseY(y), phaseX(x), tapCount(0), lowest(0), highest(0) {
    height = y < window.height ? quotientUp(window.height - y, window.stride) : 0;
    width = x < window.width ? quotientUp(window.width - x, window.stride) : 0;
    for (int ty = 0; ty < window.size; ty++) {
      const int overY = y + window.beforeY() - ty;
      if (overY % window.stride != 0) continue;
      for (int tx = 0; tx < window.size; tx++) {
        const int overX = x + window.beforeX() - tx;
        if (overX % window.stride != 0) continue;
        add({ty * window.size + tx, overY / window.stride, overX / window.stride});
      }
    }
  }

 private:
  void add(Tap tap) {
    if (tapCount == 0) lowest = highest = tap.dy;
    lowest = smaller(lowest, tap.dy);
    highest = larger(highest, tap.dy);
    taps[tapCount++] = tap;
  }
};

/** The stride * stride phases of a window, row by row. */
inline std::vector<Phase> phasesOf(const Window& window) {
  std::vector<Phase> phases;
  for (int y = 0; y < window.stride; y++)
    for (int x = 0; x < window.stride; x++) phases.emplace_back(window, y, x);
  return phases;
}
