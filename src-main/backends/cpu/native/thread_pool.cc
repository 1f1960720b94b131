#include "thread_pool.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

namespace {

/** Memory that only grows. */
class Arena {
 public:
  ~Arena() { std::free(raw_); }

  float* take(std::size_t floats) {
    const std::size_t bytes = floats * sizeof(float);
    if (bytes > bytes_) grow(bytes);
    return aligned_;
  }

 private:
  void grow(std::size_t bytes) {
    std::free(raw_);
    raw_ = std::malloc(bytes + 64);
    if (!raw_) {
      std::fprintf(stderr, "Out of memory: native kernels need %zu more bytes.\n", bytes);
      std::abort();
    }
    aligned_ = reinterpret_cast<float*>((reinterpret_cast<std::uintptr_t>(raw_) + 63) & ~std::uintptr_t{63});
    bytes_ = bytes;
  }

  void* raw_ = nullptr;
  float* aligned_ = nullptr;
  std::size_t bytes_ = 0;
};

constexpr int kMostThreads = 256;
/** How long a thread looks for new work before it sleeps: kernels follow each other within microseconds. */
constexpr auto kSpin = std::chrono::microseconds(300);

}  // namespace

struct ThreadPool::State {
  std::vector<std::thread> workers;
  std::mutex mutex;
  std::condition_variable wake;
  std::atomic<std::uint64_t> round{0};
  std::atomic<bool> stopping{false};
  std::atomic<int> next{0};
  std::atomic<int> busy{0};
  int items = 0;
  Work work = nullptr;
  void* context = nullptr;
  Arena scratch[kMostThreads];
  Arena shared;
  Arena filters;

  void take(int thread) {
    for (int item = next.fetch_add(1); item < items; item = next.fetch_add(1)) work(context, item, thread);
  }

  bool waitForRound(std::uint64_t seen) {
    const auto until = std::chrono::steady_clock::now() + kSpin;
    while (round.load(std::memory_order_acquire) == seen) {
      if (stopping.load(std::memory_order_relaxed)) return false;
      if (std::chrono::steady_clock::now() < until) continue;
      std::unique_lock<std::mutex> lock(mutex);
      wake.wait(lock, [&] { return stopping.load() || round.load() != seen; });
    }
    return !stopping.load();
  }

  void workerLoop(int thread, std::uint64_t seen) {
    while (waitForRound(seen)) {
      seen++;
      take(thread);
      busy.fetch_sub(1, std::memory_order_release);
    }
  }

  void stop() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      stopping.store(true);
    }
    wake.notify_all();
    for (std::thread& worker : workers) worker.join();
    workers.clear();
    stopping.store(false);
  }

  ~State() { stop(); }
};

ThreadPool::ThreadPool() : state_(new State) {
  const unsigned cores = std::thread::hardware_concurrency();
  setThreads(cores == 0 ? 1 : static_cast<int>(cores));
}

ThreadPool& ThreadPool::instance() {
  // Never destroyed: at exit, static destruction would race with the workers.
  static ThreadPool* const pool = new ThreadPool;
  return *pool;
}

void ThreadPool::setThreads(int count) {
  if (count < 1) count = 1;
  if (count > kMostThreads) count = kMostThreads;
  if (count == threads()) return;
  state_->stop();
  const std::uint64_t round = state_->round.load();
  for (int thread = 1; thread < count; thread++) {
    state_->workers.emplace_back([this, thread, round] { state_->workerLoop(thread, round); });
  }
}

int ThreadPool::threads() const { return static_cast<int>(state_->workers.size()) + 1; }

void ThreadPool::run(int items, Work work, void* context) {
  if (items <= 1 || threads() == 1) {
    for (int item = 0; item < items; item++) work(context, item, 0);
    return;
  }
  State& state = *state_;
  {
    std::lock_guard<std::mutex> lock(state.mutex);
    state.items = items;
    state.work = work;
    state.context = context;
    state.next.store(0);
    state.busy.store(threads() - 1);
    state.round.fetch_add(1, std::memory_order_release);
  }
  state.wake.notify_all();
  state.take(0);
  // The others are within an item of their end; when they are not running at all, they need this core.
  for (int spins = 0; state.busy.load(std::memory_order_acquire) > 0; spins++) {
    if (spins > 10000) std::this_thread::yield();
  }
}

float* ThreadPool::scratch(int thread, std::size_t floats) { return state_->scratch[thread].take(floats); }

float* ThreadPool::shared(std::size_t floats) { return state_->shared.take(floats); }

float* ThreadPool::filters(std::size_t floats) { return state_->filters.take(floats); }
