#pragma once
#include "parallel.h"

/** Images and rows that are worked on at a time, small enough for a core's own cache. */
struct Tiling {
  int images, rows;

  /** @param height, width of the image that is cut; @param positions aimed at */
  Tiling(int height, int width, int batch, int positions) {
    const int area = height * width;
    images = area > 2 * positions ? 1 : larger(1, smaller(batch, positions / larger(1, area)));
    rows = area > 2 * positions ? larger(1, positions / width) : height;
  }
};

/** Groups of images: at most 16, fewer where their parts of the filter gradient would take more than 16 MiB. */
inline int gradientGroups(std::size_t partFloats) {
  int groups = 16;
  while (groups > 4 && partFloats * groups > (std::size_t{4} << 20)) groups /= 2;
  return groups;
}
