#pragma once
#include "thread_pool.h"

/** Runs body(item, thread) for every item on the pool. */
template <class Body>
void parallel(int items, Body body) {
  ThreadPool::instance().run(
      items, [](void* context, int item, int thread) { (*static_cast<Body*>(context))(item, thread); }, &body);
}

inline int smaller(int a, int b) { return a < b ? a : b; }
inline int larger(int a, int b) { return a > b ? a : b; }
inline int upTo(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }
inline int quotientUp(int value, int divisor) { return (value + divisor - 1) / divisor; }

/** Floats that a pointer or a double takes, where such things lie in scratch memory. */
constexpr std::size_t kFloatsOf8Bytes = 2;

/** Images of a batch that one item works on: [first, last). */
struct Images {
  int first, last;
};

/** How a batch is cut into items: by its size alone, never by the number of threads. */
struct Groups {
  int batch, count;

  Groups(int batch, int most) : batch(batch), count(larger(1, smaller(batch, most))) {}
  Images at(int group) const {
    return {static_cast<int>(static_cast<long long>(batch) * group / count),
            static_cast<int>(static_cast<long long>(batch) * (group + 1) / count)};
  }
};

/** Hands out parts of a thread's scratch memory, each 64-byte aligned. */
class Parts {
 public:
  void plan(std::size_t floats) { total_ += (floats + 15) / 16 * 16; }
  void begin(float* memory) { at_ = memory; }
  float* take(std::size_t floats) {
    float* part = at_;
    at_ += (floats + 15) / 16 * 16;
    return part;
  }
  std::size_t total() const { return total_; }

 private:
  std::size_t total_ = 0;
  float* at_ = nullptr;
};
