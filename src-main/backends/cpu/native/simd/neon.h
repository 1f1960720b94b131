#pragma once
#include <arm_neon.h>

/** NEON on arm64: 4 floats, 32 registers. */
struct Isa {
  using V = float32x4_t;
  static constexpr int lanes = 4;
  static constexpr int tileRows = 8;
  static constexpr int tileVectors = 3;
  static constexpr int accumulators = 24;
  /** Whether lookUp reaches a table of 16 floats in one instruction. */
  static constexpr bool looksUp = false;

  static V zero() { return vdupq_n_f32(0); }
  static V set(float value) { return vdupq_n_f32(value); }
  static V load(const float* p) { return vld1q_f32(p); }
  static void store(float* p, V v) { vst1q_f32(p, v); }
  static V loadPart(const float* p, int n) {
    float part[4] = {0, 0, 0, 0};
    for (int i = 0; i < n; i++) part[i] = p[i];
    return vld1q_f32(part);
  }
  static void storePart(float* p, V v, int n) {
    float part[4];
    vst1q_f32(part, v);
    for (int i = 0; i < n; i++) p[i] = part[i];
  }
  static V add(V a, V b) { return vaddq_f32(a, b); }
  static V sub(V a, V b) { return vsubq_f32(a, b); }
  static V mul(V a, V b) { return vmulq_f32(a, b); }
  static V div(V a, V b) { return vdivq_f32(a, b); }
  static V sqrt(V a) { return vsqrtq_f32(a); }
  static V max(V a, V b) { return vmaxq_f32(a, b); }
  static V whereGreater(V a, V b, V x, V y) { return vbslq_f32(vcleq_f32(a, b), y, x); }
  static V whereEqual(V a, V b, V value) {
    return vreinterpretq_f32_u32(vandq_u32(vceqq_f32(a, b), vreinterpretq_u32_f32(value)));
  }
  static V loadBytes(const unsigned char* p, int n) {
    float values[4] = {};
    for (int i = 0; i < n; i++) values[i] = p[i];
    return vld1q_f32(values);
  }
  static void storeBytes(unsigned char* p, V v, int n) {
    float values[4];
    vst1q_f32(values, v);
    for (int i = 0; i < n; i++) p[i] = static_cast<unsigned char>(values[i]);
  }
  static V abs(V a) { return vabsq_f32(a); }
  static V fma(V a, V b, V c) { return vfmaq_f32(c, a, b); }
  static V wherePositive(V a, V value) {
    return vreinterpretq_f32_u32(vandq_u32(vcgtq_f32(a, zero()), vreinterpretq_u32_f32(value)));
  }
  static float sum(V a) { return vaddvq_f32(a); }

  static void interleave4(const V* planes, float* out) {
    const float32x4x4_t all = {{planes[0], planes[1], planes[2], planes[3]}};
    vst4q_f32(out, all);
  }
  static void deinterleave4(const V* in, V* planes) {
    float all[16];
    for (int i = 0; i < 4; i++) vst1q_f32(all + 4 * i, in[i]);
    const float32x4x4_t found = vld4q_f32(all);
    for (int i = 0; i < 4; i++) planes[i] = found.val[i];
  }
};
