#pragma once

/** Plain C++ for every processor: 4 floats, which compilers turn into what the processor has. */
struct Isa {
  struct V {
    float at[4];
  };
  static constexpr int lanes = 4;
  static constexpr int tileRows = 4;
  static constexpr int tileVectors = 2;
  static constexpr int accumulators = 8;
  /** Whether lookUp reaches a table of 16 floats in one instruction. */
  static constexpr bool looksUp = false;

  static V zero() { return {{0, 0, 0, 0}}; }
  static V set(float value) { return {{value, value, value, value}}; }
  static V load(const float* p) { return {{p[0], p[1], p[2], p[3]}}; }
  static void store(float* p, V v) {
    for (int i = 0; i < 4; i++) p[i] = v.at[i];
  }
  static V loadPart(const float* p, int n) {
    V v = zero();
    for (int i = 0; i < n; i++) v.at[i] = p[i];
    return v;
  }
  static void storePart(float* p, V v, int n) {
    for (int i = 0; i < n; i++) p[i] = v.at[i];
  }
  static V add(V a, V b) {
    for (int i = 0; i < 4; i++) a.at[i] += b.at[i];
    return a;
  }
  static V sub(V a, V b) {
    for (int i = 0; i < 4; i++) a.at[i] -= b.at[i];
    return a;
  }
  static V mul(V a, V b) {
    for (int i = 0; i < 4; i++) a.at[i] *= b.at[i];
    return a;
  }
  static V div(V a, V b) {
    for (int i = 0; i < 4; i++) a.at[i] /= b.at[i];
    return a;
  }
  static V sqrt(V a) {
    for (int i = 0; i < 4; i++) a.at[i] = std::sqrt(a.at[i]);
    return a;
  }
  static V max(V a, V b) {
    for (int i = 0; i < 4; i++) a.at[i] = a.at[i] > b.at[i] ? a.at[i] : b.at[i];
    return a;
  }
  static V whereGreater(V a, V b, V x, V y) {
    for (int i = 0; i < 4; i++) y.at[i] = a.at[i] <= b.at[i] ? y.at[i] : x.at[i];
    return y;
  }
  static V whereEqual(V a, V b, V value) {
    for (int i = 0; i < 4; i++) value.at[i] = a.at[i] == b.at[i] ? value.at[i] : 0;
    return value;
  }
  static V loadBytes(const unsigned char* p, int n) {
    V v = zero();
    for (int i = 0; i < n; i++) v.at[i] = p[i];
    return v;
  }
  static void storeBytes(unsigned char* p, V v, int n) {
    for (int i = 0; i < n; i++) p[i] = static_cast<unsigned char>(v.at[i]);
  }
  static V abs(V a) {
    for (int i = 0; i < 4; i++) a.at[i] = a.at[i] < 0 ? -a.at[i] : a.at[i];
    return a;
  }
  static V fma(V a, V b, V c) {
    for (int i = 0; i < 4; i++) c.at[i] += a.at[i] * b.at[i];
    return c;
  }
  static V wherePositive(V a, V value) {
    for (int i = 0; i < 4; i++) value.at[i] = a.at[i] > 0 ? value.at[i] : 0;
    return value;
  }
  static float sum(V a) { return (a.at[0] + a.at[1]) + (a.at[2] + a.at[3]); }

  static void interleave4(const V* planes, float* out) {
    for (int map = 0; map < 4; map++)
      for (int plane = 0; plane < 4; plane++) out[4 * map + plane] = planes[plane].at[map];
  }
  static void deinterleave4(const V* in, V* planes) {
    for (int map = 0; map < 4; map++)
      for (int plane = 0; plane < 4; plane++) planes[plane].at[map] = in[map].at[plane];
  }
};
