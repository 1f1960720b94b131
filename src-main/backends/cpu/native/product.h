#pragma once
#include <cstring>

#include "parallel.h"

/**
 * The two dense products that everything is made of, as register tiles:
 *  - rows:  C[i][n] (+)= sum_taps sum_k A[i][tap + k] B[tap, k][n], rows of A and C anywhere in memory, B packed in panels
 *  - ranks: C[i][n]  += sum_p A[p][i] B[p][n], a sum of outer products over positions
 */

using V = Isa::V;
constexpr int L = Isa::lanes;
constexpr int MR = Isa::tileRows;
constexpr int NV = Isa::tileVectors;
constexpr int HB = 16;

/** A copy of values that are too few for memcpy to pay. */
inline void copyFew(const float* from, int count, float* to) {
  int at = 0;
  for (; at + L <= count; at += L) Isa::store(to + at, Isa::load(from + at));
  if (at < count) Isa::storePart(to + at, Isa::loadPart(from + at, count - at), count - at);
}

/** Columns cut into panels of at most NV vectors, none of one vector where it can be avoided. */
inline int panelVectors(int left) {
  if (left > NV && left - NV == 1 && NV > 2) return 2;
  return smaller(left, NV);
}

/** Floats of a packed B with so many rows: columns are filled up to whole vectors. */
inline std::size_t packedSize(int rows, int columns) { return static_cast<std::size_t>(rows) * upTo(columns, L); }

/**
 * Packs B [rows][columns] in panels: panel by panel, row by row, its vectors one behind the other.
 * fill(row, column, count, out) writes `count` consecutive columns of a row.
 */
template <class Fill>
void packPanels(int rows, int columns, float* out, Fill fill) {
  const int vectors = quotientUp(columns, L);
  for (int vector = 0; vector < vectors;) {
    const int nv = panelVectors(vectors - vector);
    const int first = vector * L;
    const int count = smaller(nv * L, columns - first);
    for (int row = 0; row < rows; row++) {
      fill(row, first, count, out);
      for (int column = count; column < nv * L; column++) out[column] = 0;
      out += nv * L;
    }
    vector += nv;
  }
}

/** Where a tile of C lies: its rows, its first column, and how many values its last vector has. */
struct TileOfC {
  float* const* rows;
  int column, last;
  bool accumulate;
};

template <int NVT, int MRT>
inline void openTile(const TileOfC& c, V (*sum)[NVT]) {
#pragma GCC unroll 8
  for (int i = 0; i < MRT; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NVT; j++) {
      const float* at = c.rows[i] + c.column + j * L;
      if (!c.accumulate) sum[i][j] = Isa::zero();
      else sum[i][j] = j < NVT - 1 || c.last == L ? Isa::load(at) : Isa::loadPart(at, c.last);
    }
}

template <int NVT, int MRT>
inline void closeTile(const TileOfC& c, const V (*sum)[NVT]) {
#pragma GCC unroll 8
  for (int i = 0; i < MRT; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NVT; j++) {
      float* at = c.rows[i] + c.column + j * L;
      if (j < NVT - 1 || c.last == L) Isa::store(at, sum[i][j]);
      else Isa::storePart(at, sum[i][j], c.last);
    }
}

template <int NVT, int MRT>
inline void rowsTile(const float* const* a, const std::ptrdiff_t* taps, int tapCount, int depth, const float* b, const TileOfC& c) {
  V sum[MRT][NVT];
  openTile<NVT, MRT>(c, sum);
  for (int tap = 0; tap < tapCount; tap++) {
    const float* row[MRT];
#pragma GCC unroll 8
    for (int i = 0; i < MRT; i++) row[i] = a[i] + taps[tap];
    for (int k = 0; k < depth; k++) {
      V panel[NVT];
#pragma GCC unroll 4
      for (int j = 0; j < NVT; j++) panel[j] = Isa::load(b + j * L);
      b += NVT * L;
#pragma GCC unroll 8
      for (int i = 0; i < MRT; i++) {
        const V value = Isa::set(row[i][k]);
#pragma GCC unroll 4
        for (int j = 0; j < NVT; j++) sum[i][j] = Isa::fma(value, panel[j], sum[i][j]);
      }
    }
  }
  closeTile<NVT, MRT>(c, sum);
}

template <int NVT>
inline void rowsTileOf(int rows, const float* const* a, const std::ptrdiff_t* taps, int tapCount, int depth, const float* b,
                       const TileOfC& c) {
  switch (rows) {
    case 1: return rowsTile<NVT, 1>(a, taps, tapCount, depth, b, c);
    case 2: return rowsTile<NVT, 2>(a, taps, tapCount, depth, b, c);
    case 3: return rowsTile<NVT, 3>(a, taps, tapCount, depth, b, c);
    case 4: return rowsTile<NVT, 4>(a, taps, tapCount, depth, b, c);
    default: break;
  }
  if constexpr (MR > 4) {
    switch (rows) {
      case 5: return rowsTile<NVT, 5>(a, taps, tapCount, depth, b, c);
      case 6: return rowsTile<NVT, 6>(a, taps, tapCount, depth, b, c);
      case 7: return rowsTile<NVT, 7>(a, taps, tapCount, depth, b, c);
      default: return rowsTile<NVT, 8>(a, taps, tapCount, depth, b, c);
    }
  }
}

inline void rowsTileOf(int nv, int rows, const float* const* a, const std::ptrdiff_t* taps, int tapCount, int depth, const float* b,
                       const TileOfC& c) {
  if (nv == 1) return rowsTileOf<1>(rows, a, taps, tapCount, depth, b, c);
  if (nv == 2) return rowsTileOf<2>(rows, a, taps, tapCount, depth, b, c);
  if constexpr (NV > 2) return rowsTileOf<3>(rows, a, taps, tapCount, depth, b, c);
}

/**
 * C rows (+)= A rows times B.
 * @param taps offsets added to every row of A; B has tapCount * depth rows
 * @param columns of C; columns beyond them are never written when `exact`, else rows of C have room for whole vectors
 */
inline void productRows(int rows, const float* const* a, const std::ptrdiff_t* taps, int tapCount, int depth,
                        const float* b, int columns, float* const* c, bool exact, bool accumulate) {
  const int vectors = quotientUp(columns, L);
  const std::size_t bRows = static_cast<std::size_t>(tapCount) * depth;
  for (int vector = 0; vector < vectors;) {
    const int nv = panelVectors(vectors - vector);
    const int column = vector * L;
    const int last = exact ? smaller(L, columns - (vector + nv - 1) * L) : L;
    for (int row = 0; row < rows; row += MR)
      rowsTileOf(nv, smaller(MR, rows - row), a + row, taps, tapCount, depth, b, {c + row, column, last, accumulate});
    b += bRows * nv * L;
    vector += nv;
  }
}

/** Runs of positions: `runs` pointers, each the first of `length` positions that lie `stride` floats apart. */
struct Runs {
  const float* const* first;
  std::ptrdiff_t stride;
};

template <int NVT, int MRT>
inline void ranksTile(int runs, int length, Runs a, int aColumn, Runs b, int bColumn, float* c, std::ptrdiff_t cStride) {
  V sum[MRT][NVT];
#pragma GCC unroll 8
  for (int i = 0; i < MRT; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NVT; j++) sum[i][j] = Isa::load(c + i * cStride + j * L);
  for (int run = 0; run < runs; run++) {
    const float* left = a.first[run] + aColumn;
    const float* right = b.first[run] + bColumn;
    for (int at = 0; at < length; at++) {
      V row[NVT];
#pragma GCC unroll 4
      for (int j = 0; j < NVT; j++) row[j] = Isa::load(right + j * L);
#pragma GCC unroll 8
      for (int i = 0; i < MRT; i++) {
        const V value = Isa::set(left[i]);
#pragma GCC unroll 4
        for (int j = 0; j < NVT; j++) sum[i][j] = Isa::fma(value, row[j], sum[i][j]);
      }
      left += a.stride;
      right += b.stride;
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < MRT; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NVT; j++) Isa::store(c + i * cStride + j * L, sum[i][j]);
}

template <int NVT>
inline void ranksPanel(int runs, int length, Runs a, int rows, Runs b, int bColumn, float* c, std::ptrdiff_t cStride) {
  int row = 0;
  for (; row + MR <= rows; row += MR)
    ranksTile<NVT, MR>(runs, length, a, row, b, bColumn, c + row * cStride, cStride);
  if (MR > 4 && row + 4 <= rows) {
    ranksTile<NVT, 4>(runs, length, a, row, b, bColumn, c + row * cStride, cStride);
    row += 4;
  }
  for (; row < rows; row++) ranksTile<NVT, 1>(runs, length, a, row, b, bColumn, c + row * cStride, cStride);
}

/**
 * C[rows][columns] += sum over positions of A[p][rows] outer B[p][columns]. Rows of B and C have room for whole vectors.
 */
inline void productRanks(int runs, int length, Runs a, int rows, Runs b, int columns, float* c, std::ptrdiff_t cStride) {
  const int vectors = quotientUp(columns, L);
  for (int vector = 0; vector < vectors;) {
    const int nv = panelVectors(vectors - vector);
    const int column = vector * L;
    if (nv == 1) ranksPanel<1>(runs, length, a, rows, b, column, c + column, cStride);
    if (nv == 2) ranksPanel<2>(runs, length, a, rows, b, column, c + column, cStride);
    if constexpr (NV > 2) {
      if (nv == 3) ranksPanel<3>(runs, length, a, rows, b, column, c + column, cStride);
    }
    vector += nv;
  }
}
