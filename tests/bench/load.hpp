// One measured run: N connections, one thread, one epoll loop.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/bench/requests.hpp"

namespace kaiku::bench {

struct Settings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  std::string ca_file;
  int connections = 64;
  double warmup_s = 1;
  double seconds = 10;
  // 0: closed loop, every connection asks again as soon as it has its reply (gives the maximum).
  // Else an open loop of so many requests a second, whose latency counts from the moment at which
  // the request should have started, a queue in the client included.
  double rate = 0;
};

struct Outcome {
  std::string cipher;
  std::uint64_t measured = 0;                    // replies of the measured time
  std::map<int, std::uint64_t> statuses;         // of all replies, warm-up included
  std::map<std::string, std::uint64_t> answers;  // values of "answer" in them
  std::vector<std::uint32_t> latencies_us;       // of the measured ones, sorted
  std::uint64_t bad = 0;                         // another status than the good one
  std::uint64_t broken = 0;                      // connections that broke with a request under way
  std::uint64_t reconnects = 0;
  std::uint64_t unfinished = 0;  // without a reply 10 s after the end, or never sent
  double client_cpu = 0;         // share of one core that this program used
};

// Throws std::runtime_error when the server cannot be reached.
Outcome run(Settings const& settings, Requests& requests);

// The value below which this share (0…1) of the sorted latencies lies, in milliseconds; 0 for none.
double percentile_ms(std::vector<std::uint32_t> const& sorted_us, double share);

}  // namespace kaiku::bench
