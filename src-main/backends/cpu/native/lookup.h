#pragma once
#include "product.h"

/**
 * Products with a right side of two values, as C^ has after binarization with n = 2 centers (mcn.md, section 3). Four consecutive values
 * of a row of A can meet 16 quadruples of B only: their 16 sums are made once, in a register,
 *
 *     T[i][g][code] = sum_{b < 4} A[i][4 g + b] (bit b of code ? one : zero)
 *
 * and a column finds its sum by its code, C[i][n] (+)= sum_g T[i][g][code[g][n]]: a permutation of the register and an addition in place
 * of four multiply-adds. Worth it where a permutation reaches 16 floats in one instruction (Isa::looksUp).
 */
constexpr int kInputsOfCode = 4;
constexpr int kSumsOfTable = 16;
static_assert(!Isa::looksUp || L == kSumsOfTable, "a table fills a register");

/** Vectors of columns whose sums, beside the factors of a table and its codes, fit into the registers. */
constexpr int kCodeVectors = 9;

/** The two values of a matrix, and whether it has no third. */
struct TwoValues {
  float zero = 0, one = 0;
  bool only = false;

  static TwoValues of(const float* values, std::size_t count) {
    TwoValues two{values[0], values[0], true};
    for (std::size_t at = 0; at < count; at++)
      if (!(values[at] == two.zero)) {
        two.one = values[at];
        break;
      }
    constexpr std::size_t chunk = 1024;
    for (std::size_t begin = 0; begin < count && two.only; begin += chunk) {
      const std::size_t end = begin + chunk < count ? begin + chunk : count;
      int others = 0;
      for (std::size_t at = begin; at < end; at++) others += !(values[at] == two.zero) & !(values[at] == two.one);
      two.only = others == 0;
    }
    return two;
  }
};

/** A table costs about as much as four multiply-adds: for a single vector of columns nothing is won. */
inline bool lookupPays(int columns) { return columns > L; }

/** The vectors of the next panel: all panels are about as wide. */
inline int codeVectors(int left) { return quotientUp(left, quotientUp(left, kCodeVectors)); }

/**
 * Packs the codes of B [rows][columns], two-valued, panel by panel, quadruple by quadruple of rows.
 * fill(row, column, count, out) writes `count` consecutive columns of a row, as for packPanels. Takes no more memory than packedSize.
 */
template <class Fill>
void packCodes(int rows, int columns, float one, int32_t* out, Fill fill) {
  float row[kCodeVectors * L];
  const int vectors = quotientUp(columns, L);
  for (int vector = 0; vector < vectors;) {
    const int nv = codeVectors(vectors - vector);
    const int first = vector * L;
    const int count = smaller(nv * L, columns - first);
    for (int group = 0; group < rows; group += kInputsOfCode, out += nv * L) {
      std::memset(out, 0, sizeof(int32_t) * nv * L);
      for (int bit = 0; bit < smaller(kInputsOfCode, rows - group); bit++) {
        fill(group + bit, first, count, row);
        for (int column = 0; column < count; column++) out[column] |= (row[column] == one) << bit;
      }
    }
    vector += nv;
  }
}

/** What four values of a row add to a table: [value][code]. */
struct TableFactors {
  V of[kInputsOfCode];

  explicit TableFactors(const TwoValues& two) {
    float factors[kSumsOfTable];
    for (int bit = 0; bit < kInputsOfCode; bit++) {
      for (int code = 0; code < kSumsOfTable; code++) factors[code] = code >> bit & 1 ? two.one : two.zero;
      of[bit] = Isa::load(factors);
    }
  }

  V table(const float* x) const {
    const V low = Isa::fma(Isa::set(x[1]), of[1], Isa::mul(Isa::set(x[0]), of[0]));
    const V high = Isa::fma(Isa::set(x[3]), of[3], Isa::mul(Isa::set(x[2]), of[2]));
    return Isa::add(low, high);
  }
};

template <class S, int NVT, int MRT>
inline void lookUpGroup(const TableFactors& factors, const float* const* x, int input, const int32_t* codes, V (*sum)[NVT]) {
  typename S::Codes code[NVT];
#pragma GCC unroll 9
  for (int j = 0; j < NVT; j++) code[j] = S::loadCodes(codes + j * L);
#pragma GCC unroll 4
  for (int i = 0; i < MRT; i++) {
    const V table = factors.table(x[i] + input);
#pragma GCC unroll 9
    for (int j = 0; j < NVT; j++) sum[i][j] = S::add(sum[i][j], S::lookUp(table, code[j]));
  }
}

template <class S, int NVT, int MRT>
inline void lookupTile(const float* const* a, int depth, const TableFactors& factors, const int32_t* codes, const TileOfC& c) {
  V sum[MRT][NVT];
  openTile<NVT, MRT>(c, sum);
  int input = 0;
  for (; input + kInputsOfCode <= depth; input += kInputsOfCode, codes += NVT * L)
    lookUpGroup<S, NVT, MRT>(factors, a, input, codes, sum);
  if (input < depth) {
    float last[MRT][kInputsOfCode] = {};
    const float* rows[MRT];
    for (int i = 0; i < MRT; i++) {
      std::memcpy(last[i], a[i] + input, sizeof(float) * (depth - input));
      rows[i] = last[i];
    }
    lookUpGroup<S, NVT, MRT>(factors, rows, 0, codes, sum);
  }
  closeTile<NVT, MRT>(c, sum);
}

template <class S, int NVT>
inline void lookupPanel(int rows, const float* const* a, int depth, const TableFactors& factors, const int32_t* codes, TileOfC c) {
  constexpr int tileRows = NVT > 5 ? 2 : 4;
  int row = 0;
  for (; row + tileRows <= rows; row += tileRows, a += tileRows, c.rows += tileRows)
    lookupTile<S, NVT, tileRows>(a, depth, factors, codes, c);
  for (; row < rows; row++, a++, c.rows++) lookupTile<S, NVT, 1>(a, depth, factors, codes, c);
}

/** C rows (+)= A rows times B, B two-valued and packed as codes; `columns`, `exact` and `accumulate` as in productRows. */
template <class S>
void productByLookup(int rows, const float* const* a, int depth, const TwoValues& two, const int32_t* codes, int columns,
                     float* const* c, bool exact, bool accumulate) {
  using Panel = void (*)(int, const float* const*, int, const TableFactors&, const int32_t*, TileOfC);
  constexpr Panel panels[] = {lookupPanel<S, 1>, lookupPanel<S, 2>, lookupPanel<S, 3>, lookupPanel<S, 4>, lookupPanel<S, 5>,
                              lookupPanel<S, 6>, lookupPanel<S, 7>, lookupPanel<S, 8>, lookupPanel<S, 9>};
  const int vectors = quotientUp(columns, L), groups = quotientUp(depth, kInputsOfCode);
  const TableFactors factors(two);
  for (int vector = 0; vector < vectors;) {
    const int nv = codeVectors(vectors - vector);
    const int last = exact ? smaller(L, columns - (vector + nv - 1) * L) : L;
    panels[nv - 1](rows, a, depth, factors, codes, {c, vector * L, last, accumulate});
    codes += static_cast<std::size_t>(groups) * nv * L;
    vector += nv;
  }
}
