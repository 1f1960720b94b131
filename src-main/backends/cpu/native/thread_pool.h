#pragma once
#include <cstddef>

/**
 * The threads of this process that compute. Work is cut into items whose number depends on shapes alone, and every item writes to
 * places of its own, so that no result depends on the number of threads.
 */
class ThreadPool {
 public:
  using Work = void (*)(void* context, int item, int thread);

  /** The pool of the process; the calling thread counts as one of its threads. */
  static ThreadPool& instance();

  /** Changes the number of threads, 1 to 256. Not while work is under way. */
  void setThreads(int count);
  int threads() const;

  /** Runs work for items 0 .. items - 1 and returns when all are done. Calls come from one thread only and are not nested. */
  void run(int items, Work work, void* context);

  /**
   * Memory for one thread's item, 64-byte aligned, contents undefined; valid until the thread asks again.
   * Aborts the process when there is none, as V8 does.
   */
  float* scratch(int thread, std::size_t floats);

  /** Memory for what all items share, 64-byte aligned, contents undefined; valid until the next call. */
  float* shared(std::size_t floats);

  /** As shared, for filters that a kernel makes before it calls another one. */
  float* filters(std::size_t floats);

 private:
  ThreadPool();
  struct State;
  State* state_;
};
