// A TCP line on loopback that a test can pull out: silently, as when a cable is drawn, or with a
// reset. What was on its way is lost.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace kaiku::test {

class CuttableProxy {
 public:
  enum class Line { passes, silent, reset };

  CuttableProxy();
  ~CuttableProxy();
  CuttableProxy(CuttableProxy const&) = delete;
  CuttableProxy& operator=(CuttableProxy const&) = delete;

  std::uint16_t port() const { return port_; }
  // Where new connections go from now on.
  void lead_to(std::uint16_t port) { upstream_ = port; }
  // silent: connections stay open and nothing passes, new ones are taken and never answered.
  // A line that passes again does so for new connections; old ones are dead.
  void set(Line line);

 private:
  struct Pair {
    int client = -1;
    int server = -1;
    bool dead = false;  // was there when the line was cut
  };
  void run();
  void accept_one();
  static bool pass(int from, int to);

  int listener_ = -1;
  int wake_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<std::uint16_t> upstream_{0};
  std::atomic<Line> line_{Line::passes};
  std::atomic<bool> stopping_{false};
  std::vector<Pair> pairs_;  // of the thread alone
  std::thread thread_;
};

}  // namespace kaiku::test
