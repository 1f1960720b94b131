#pragma once
#include "product.h"

/** Rows of a block of the summed axis whose panel stays in the first cache. */
constexpr int kMatMulDepth = 192;

/** Copies A^T [rows][inner] of A [inner][rows], in squares that fit the cache. */
inline void transposeInto(const float* a, int inner, int rows, float* out) {
  constexpr int square = 32;
  parallel(quotientUp(rows, square), [&](int item, int) {
    const int first = item * square, last = smaller(rows, first + square);
    for (int k = 0; k < inner; k += square)
      for (int row = first; row < last; row++)
        for (int at = k; at < smaller(inner, k + square); at++)
          out[static_cast<std::ptrdiff_t>(row) * inner + at] = a[static_cast<std::ptrdiff_t>(at) * rows + row];
  });
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
      packPanels(depth, columns, panel, [&](int row, int column, int count, float* out) {
        if (!m.transposeB) {
          std::memcpy(out, m.b + static_cast<std::ptrdiff_t>(k + row) * m.columns + first + column, sizeof(float) * count);
          return;
        }
        for (int n = 0; n < count; n++) out[n] = m.b[static_cast<std::ptrdiff_t>(first + column + n) * m.inner + k + row];
      });
      const std::ptrdiff_t offset = k;
      productRows(m.rows, aRows, &offset, 1, depth, panel, columns, cRows, true, k > 0);
    }
  });
}
