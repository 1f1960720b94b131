#pragma once
#include <immintrin.h>

/** AVX2 with FMA: 8 floats, 16 registers. */
struct Isa {
  using V = __m256;
  static constexpr int lanes = 8;
  static constexpr int tileRows = 4;
  static constexpr int tileVectors = 3;
  static constexpr int accumulators = 8;
  /** Whether lookUp reaches a table of 16 floats in one instruction. */
  static constexpr bool looksUp = false;

  static V zero() { return _mm256_setzero_ps(); }
  static V set(float value) { return _mm256_set1_ps(value); }
  static V load(const float* p) { return _mm256_loadu_ps(p); }
  static void store(float* p, V v) { _mm256_storeu_ps(p, v); }
  static V loadPart(const float* p, int n) { return _mm256_maskload_ps(p, mask(n)); }
  static void storePart(float* p, V v, int n) { _mm256_maskstore_ps(p, mask(n), v); }
  static V add(V a, V b) { return _mm256_add_ps(a, b); }
  static V sub(V a, V b) { return _mm256_sub_ps(a, b); }
  static V mul(V a, V b) { return _mm256_mul_ps(a, b); }
  static V div(V a, V b) { return _mm256_div_ps(a, b); }
  static V sqrt(V a) { return _mm256_sqrt_ps(a); }
  static V max(V a, V b) { return _mm256_max_ps(a, b); }
  static V whereGreater(V a, V b, V x, V y) { return _mm256_blendv_ps(y, x, _mm256_cmp_ps(a, b, _CMP_NLE_UQ)); }
  static V whereEqual(V a, V b, V value) { return _mm256_and_ps(_mm256_cmp_ps(a, b, _CMP_EQ_OQ), value); }
  static V loadBytes(const unsigned char* p, int n) {
    float values[8] = {};
    for (int i = 0; i < n; i++) values[i] = p[i];
    return _mm256_loadu_ps(values);
  }
  static void storeBytes(unsigned char* p, V v, int n) {
    float values[8];
    _mm256_storeu_ps(values, v);
    for (int i = 0; i < n; i++) p[i] = static_cast<unsigned char>(values[i]);
  }
  static V abs(V a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
  static V fma(V a, V b, V c) { return _mm256_fmadd_ps(a, b, c); }
  static V wherePositive(V a, V value) {
    return _mm256_and_ps(_mm256_cmp_ps(a, _mm256_setzero_ps(), _CMP_GT_OQ), value);
  }
  static float sum(V a) {
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
  }

  /** Four planes of 8 maps to 32 channels, map-major. */
  static void interleave4(const V* planes, float* out) {
    V r[4];
    transposeInBlocks(planes, r);
    store(out, _mm256_permute2f128_ps(r[0], r[1], 0x20));
    store(out + 8, _mm256_permute2f128_ps(r[2], r[3], 0x20));
    store(out + 16, _mm256_permute2f128_ps(r[0], r[1], 0x31));
    store(out + 24, _mm256_permute2f128_ps(r[2], r[3], 0x31));
  }

  /** 32 map-major channels to four planes of 8 maps: the inverse of interleave4. */
  static void deinterleave4(const V* in, V* planes) {
    const V blocks[4] = {_mm256_permute2f128_ps(in[0], in[2], 0x20), _mm256_permute2f128_ps(in[0], in[2], 0x31),
                         _mm256_permute2f128_ps(in[1], in[3], 0x20), _mm256_permute2f128_ps(in[1], in[3], 0x31)};
    transposeInBlocks(blocks, planes);
  }

 private:
  static __m256i mask(int n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  }
  /** Transposes the 4 x 4 matrices that lie in both halves. */
  static void transposeInBlocks(const V* in, V* out) {
    const V a = _mm256_unpacklo_ps(in[0], in[1]), b = _mm256_unpackhi_ps(in[0], in[1]);
    const V c = _mm256_unpacklo_ps(in[2], in[3]), d = _mm256_unpackhi_ps(in[2], in[3]);
    out[0] = _mm256_shuffle_ps(a, c, 0x44);
    out[1] = _mm256_shuffle_ps(a, c, 0xEE);
    out[2] = _mm256_shuffle_ps(b, d, 0x44);
    out[3] = _mm256_shuffle_ps(b, d, 0xEE);
  }
};
