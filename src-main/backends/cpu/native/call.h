#pragma once
#include <node_api.h>

#include <cstdint>
#include <cstdio>

/**
 * The arguments of one call from JavaScript, read in order. The first one that does not fit is told as a RangeError that names it; after
 * that nothing is read any more.
 */
class Call {
 public:
  Call(napi_env env, napi_callback_info info) : env_(env) {
    napi_get_cb_info(env, info, &count_, values_, nullptr, nullptr);
  }

  bool failed() const { return failed_; }

  void require(bool holds, const char* otherwise) {
    if (holds || failed_) return;
    failed_ = true;
    napi_throw_range_error(env_, "ERR_MCN_KERNEL", otherwise);
  }

  /** Int32Array of `count` values. */
  const int* dims(std::size_t count) {
    return static_cast<const int*>(array("dims", napi_int32_array, static_cast<int64_t>(count), false));
  }

  const double* doubles(const char* name, int64_t count) {
    return static_cast<const double*>(array(name, napi_float64_array, count, false));
  }

  float* floats(const char* name, int64_t count) { return static_cast<float*>(array(name, napi_float32_array, count, false)); }

  /** As floats; null for null. */
  float* optionalFloats(const char* name, int64_t count) {
    return static_cast<float*>(array(name, napi_float32_array, count, true));
  }

  uint8_t* bytes(const char* name, int64_t count) { return static_cast<uint8_t*>(array(name, napi_uint8_array, count, false)); }

  /** As bytes; null for null. */
  uint8_t* optionalBytes(const char* name, int64_t count) {
    return static_cast<uint8_t*>(array(name, napi_uint8_array, count, true));
  }

  double number(const char* name) {
    double value = 0;
    const napi_value given = next();
    const bool found = given && napi_get_value_double(env_, given, &value) == napi_ok;
    if (!found) fail(name, "is not a number");
    return value;
  }

  /** Where an ArrayBuffer lies. */
  std::uintptr_t address(const char* name) {
    void* data = nullptr;
    const napi_value given = next();
    if (!given || napi_get_arraybuffer_info(env_, given, &data, nullptr) != napi_ok) fail(name, "is not an ArrayBuffer");
    return reinterpret_cast<std::uintptr_t>(data);
  }

  void returnNumber(double value) { napi_create_double(env_, value, &result_); }
  void returnText(const char* value) { napi_create_string_utf8(env_, value, NAPI_AUTO_LENGTH, &result_); }

  napi_value result() const { return result_; }

 private:
  napi_value next() {
    if (failed_ || at_ >= count_) return nullptr;
    return values_[at_++];
  }

  void fail(const char* name, const char* what) {
    if (failed_) return;
    failed_ = true;
    char message[160];
    std::snprintf(message, sizeof message, "%s %s", name, what);
    napi_throw_range_error(env_, "ERR_MCN_KERNEL", message);
  }

  void* array(const char* name, napi_typedarray_type wanted, int64_t count, bool optional) {
    if (failed_) return nullptr;
    const napi_value given = next();
    napi_valuetype type = napi_undefined;
    if (given) napi_typeof(env_, given, &type);
    if (optional && type == napi_null) return nullptr;
    napi_typedarray_type found;
    std::size_t length = 0;
    void* data = nullptr;
    if (type != napi_object || napi_get_typedarray_info(env_, given, &found, &length, &data, nullptr, nullptr) != napi_ok ||
        found != wanted) {
      fail(name, "is not a typed array of the right type");
      return nullptr;
    }
    if (static_cast<int64_t>(length) != count) {
      char what[80];
      std::snprintf(what, sizeof what, "has %zu values instead of %lld", length, static_cast<long long>(count));
      fail(name, what);
      return nullptr;
    }
    return data;
  }

  napi_env env_;
  std::size_t count_ = 24;
  napi_value values_[24];
  std::size_t at_ = 0;
  bool failed_ = false;
  napi_value result_ = nullptr;
};
