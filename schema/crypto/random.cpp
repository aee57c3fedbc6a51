#include "schema/crypto/random.hpp"

#include <openssl/rand.h>

#include <stdexcept>

#include "schema/crypto/crypto.hpp"

namespace kaiku {
namespace {

void put_big_endian(std::uint64_t value, std::span<std::uint8_t, 8> out) {
  for (std::size_t i = 8; i-- > 0;) {
    out[i] = static_cast<std::uint8_t>(value & 0xffU);
    value >>= 8;
  }
}

}  // namespace

std::uint64_t Random::next64() {
  std::uint64_t value = 0;
  for (std::uint8_t const byte : bytes<8>()) value = (value << 8) | byte;
  return value;
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
  if (out.empty()) return;
  if (RAND_bytes_ex(nullptr, out.data(), out.size(), 0) != 1) {
    throw std::runtime_error("no random bytes from the operating system");
  }
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  for (std::uint8_t& byte : out) {
    if (used_ == block_.size()) {
      ByteArray<16> input{};
      put_big_endian(seed_, std::span(input).first<8>());
      put_big_endian(counter_++, std::span(input).last<8>());
      block_ = crypto::sha256(input);
      used_ = 0;
    }
    byte = block_[used_++];
  }
}

}  // namespace kaiku
