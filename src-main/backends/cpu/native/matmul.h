#pragma once
#include "product.h"

/** Rows of a block of the summed axis whose panel stays in the first cache. */
constexpr int kMatMulDepth = 192;

/** Side of the squares that a matrix is turned in: a line of memory on both sides. */
constexpr int kSquare = 16;

/** out[column][row] = in[row][column] for a part of a matrix, square by square; steps are from row to row. */
inline void transpose(const float* in, std::ptrdiff_t inStep, int rows, int columns, float* out, std::ptrdiff_t outStep) {
  for (int row = 0; row < rows; row += kSquare)
    for (int column = 0; column < columns; column += kSquare) {
      const int lastRow = smaller(rows, row + kSquare), lastColumn = smaller(columns, column + kSquare);
      for (int r = row; r < lastRow; r++)
        for (int c = column; c < lastColumn; c++) out[c * outStep + r] = in[r * inStep + c];
    }
}

/** Copies A^T [rows][inner] of A [inner][rows]. */
inline void transposeInto(const float* a, int inner, int rows, float* out) {
  parallel(quotientUp(rows, kSquare), [&](int item, int) {
    const int first = item * kSquare;
    transpose(a + first, rows, inner, smaller(kSquare, rows - first), out + static_cast<std::ptrdiff_t>(first) * inner, inner);
  });
}

/** Packs rows [k, k + depth), columns [first, first + columns) of op(b) as one panel after the other. */
inline void packB(const MatMulArguments& m, int k, int depth, int first, int columns, float* panel) {
  if (!m.transposeB) {
    packPanels(depth, columns, panel, [&](int row, int column, int count, float* out) {
      std::memcpy(out, m.b + static_cast<std::ptrdiff_t>(k + row) * m.columns + first + column, sizeof(float) * count);
    });
    return;
  }
  const int vectors = quotientUp(columns, L);
  for (int vector = 0; vector < vectors;) {
    const int nv = panelVectors(vectors - vector), column = vector * L, count = smaller(nv * L, columns - column);
    if (count < nv * L) std::memset(panel, 0, sizeof(float) * depth * nv * L);
    transpose(m.b + static_cast<std::ptrdiff_t>(first + column) * m.inner + k, m.inner, count, depth, panel, nv * L);
    panel += static_cast<std::size_t>(depth) * nv * L;
    vector += nv;
  }
}

/** c = op(a) op(b), panel by panel of c's columns. */
void matMul(const MatMulArguments& m) {
  const std::size_t aSize = m.transposeA ? static_cast<std::size_t>(m.rows) * m.inner : 0;
  const std::size_t pointers = 2 * static_cast<std::size_t>(m.rows);
  Parts parts;
  parts.plan(aSize);
  parts.plan(pointers);
  parts.begin(ThreadPool::instance().shared(parts.total()));
  float* transposed = parts.take(aSize);
  const float** aRows = reinterpret_cast<const float**>(parts.take(pointers));
  if (m.transposeA) transposeInto(m.a, m.inner, m.rows, transposed);
  const float* a = m.transposeA ? transposed : m.a;
  for (int row = 0; row < m.rows; row++) aRows[row] = a + static_cast<std::ptrdiff_t>(row) * m.inner;
  const int width = NV * L;
  parallel(quotientUp(m.columns, width), [&](int item, int thread) {
    const int first = item * width, columns = smaller(width, m.columns - first);
    Parts own;
    own.plan(packedSize(kMatMulDepth, columns));
    own.plan(pointers);
    own.begin(ThreadPool::instance().scratch(thread, own.total()));
    float* panel = own.take(packedSize(kMatMulDepth, columns));
    float** cRows = reinterpret_cast<float**>(own.take(pointers));
    for (int row = 0; row < m.rows; row++) cRows[row] = m.c + static_cast<std::ptrdiff_t>(row) * m.columns + first;
    for (int k = 0; k < m.inner; k += kMatMulDepth) {
      const int depth = smaller(kMatMulDepth, m.inner - k);
      packB(m, k, depth, first, columns, panel);
      const std::ptrdiff_t offset = k;
      productRows(m.rows, aRows, &offset, 1, depth, panel, columns, cRows, true, k > 0);
    }
  });
}
