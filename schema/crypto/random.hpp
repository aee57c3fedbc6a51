// Random bytes, injected so that the demo and tests can replay a seed.
#pragma once

#include <cstdint>
#include <span>

#include "schema/values/bytes.hpp"

namespace kaiku {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  template <std::size_t N>
  ByteArray<N> bytes() {
    ByteArray<N> out{};
    fill(out);
    return out;
  }
  std::uint64_t next64();
};

// The operating system's generator through OpenSSL; thread-safe.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// Deterministic stream (SHA-256 in counter mode over a seed): demo data and tests only.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
  Digest block_{};
  std::size_t used_ = 32;
};

}  // namespace kaiku
