#pragma once
#include <immintrin.h>

/** AVX-512 (F, BW, DQ, VL): 16 floats, 32 registers. */
struct Isa {
  using V = __m512;
  using Codes = __m512i;
  static constexpr int lanes = 16;
  /** Rows of a product's register tile for 1, 2 and 3 vectors of columns. */
  static constexpr int tileRows = 8;
  static constexpr int tileVectors = 3;
  /** Accumulators that a gather over taps may hold. */
  static constexpr int accumulators = 24;
  /** Whether lookUp reaches a table of 16 floats in one instruction. */
  static constexpr bool looksUp = true;

  static V zero() { return _mm512_setzero_ps(); }
  static V set(float value) { return _mm512_set1_ps(value); }
  static V load(const float* p) { return _mm512_loadu_ps(p); }
  static void store(float* p, V v) { _mm512_storeu_ps(p, v); }
  static V loadPart(const float* p, int n) { return _mm512_maskz_loadu_ps(mask(n), p); }
  static void storePart(float* p, V v, int n) { _mm512_mask_storeu_ps(p, mask(n), v); }
  static V add(V a, V b) { return _mm512_add_ps(a, b); }
  static V sub(V a, V b) { return _mm512_sub_ps(a, b); }
  static V mul(V a, V b) { return _mm512_mul_ps(a, b); }
  static V div(V a, V b) { return _mm512_div_ps(a, b); }
  static V sqrt(V a) { return _mm512_sqrt_ps(a); }
  /** The larger; b where one is no number. */
  static V max(V a, V b) { return _mm512_max_ps(a, b); }
  /** x where not a <= b, else y */
  static V whereGreater(V a, V b, V x, V y) { return _mm512_mask_mov_ps(y, _mm512_cmp_ps_mask(a, b, _CMP_NLE_UQ), x); }
  /** value where a == b, else 0 */
  static V whereEqual(V a, V b, V value) {
    return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ), value);
  }
  static V loadBytes(const unsigned char* p, int n) {
    return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(mask(n), p)));
  }
  static void storeBytes(unsigned char* p, V v, int n) {
    _mm_mask_storeu_epi8(p, mask(n), _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(v)));
  }
  static V abs(V a) { return _mm512_abs_ps(a); }
  /** a * b + c */
  static V fma(V a, V b, V c) { return _mm512_fmadd_ps(a, b, c); }
  /** value where a > 0, else 0 */
  static V wherePositive(V a, V value) {
    return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(a, _mm512_setzero_ps(), _CMP_GT_OQ), value);
  }
  static Codes loadCodes(const int32_t* p) { return _mm512_loadu_si512(p); }
  /** table[code], lane by lane */
  static V lookUp(V table, Codes codes) { return _mm512_permutexvar_ps(codes, table); }
  static float sum(V a) { return _mm512_reduce_add_ps(a); }

  /** Four planes of 16 maps to 64 channels, map-major. */
  static void interleave4(const V* planes, float* out) {
    const V low01 = _mm512_unpacklo_ps(planes[0], planes[1]), high01 = _mm512_unpackhi_ps(planes[0], planes[1]);
    const V low23 = _mm512_unpacklo_ps(planes[2], planes[3]), high23 = _mm512_unpackhi_ps(planes[2], planes[3]);
    const V r0 = join(low01, low23, false), r1 = join(low01, low23, true);
    const V r2 = join(high01, high23, false), r3 = join(high01, high23, true);
    transposeBlocks(r0, r1, r2, r3, out);
  }

  /** 64 map-major channels to four planes of 16 maps: the inverse of interleave4. */
  static void deinterleave4(const V* in, V* planes) {
    const __m512i even = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
    const __m512i odd = _mm512_setr_epi32(2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31);
    const V a = _mm512_permutex2var_ps(in[0], even, in[1]), b = _mm512_permutex2var_ps(in[2], even, in[3]);
    const V c = _mm512_permutex2var_ps(in[0], odd, in[1]), d = _mm512_permutex2var_ps(in[2], odd, in[3]);
    planes[0] = _mm512_shuffle_f32x4(a, b, 0x44);
    planes[1] = _mm512_shuffle_f32x4(a, b, 0xEE);
    planes[2] = _mm512_shuffle_f32x4(c, d, 0x44);
    planes[3] = _mm512_shuffle_f32x4(c, d, 0xEE);
  }

 private:
  static __mmask16 mask(int n) { return static_cast<__mmask16>((1u << n) - 1u); }
  static V join(V a, V b, bool upper) {
    const __m512d x = _mm512_castps_pd(a), y = _mm512_castps_pd(b);
    return _mm512_castpd_ps(upper ? _mm512_unpackhi_pd(x, y) : _mm512_unpacklo_pd(x, y));
  }
  static void transposeBlocks(V r0, V r1, V r2, V r3, float* out) {
    const V a = _mm512_shuffle_f32x4(r0, r1, 0x44), b = _mm512_shuffle_f32x4(r2, r3, 0x44);
    const V c = _mm512_shuffle_f32x4(r0, r1, 0xEE), d = _mm512_shuffle_f32x4(r2, r3, 0xEE);
    store(out, _mm512_shuffle_f32x4(a, b, 0x88));
    store(out + 16, _mm512_shuffle_f32x4(a, b, 0xDD));
    store(out + 32, _mm512_shuffle_f32x4(c, d, 0x88));
    store(out + 48, _mm512_shuffle_f32x4(c, d, 0xDD));
  }
};
