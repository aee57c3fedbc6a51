#include "server/access/identity/totp.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "schema/crypto/crypto.hpp"
#include "server/domain/one_time_steps.hpp"
#include "server/http/form.hpp"

namespace kaiku::access {
namespace {

constexpr std::size_t totp_digits = 6;

ByteArray<20> hmac_sha1(ByteView key, ByteView data) {
  ByteArray<20> out{};
  std::size_t size = 0;
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA1", nullptr, key.data(), key.size(), data.data(),
                data.size(), out.data(), out.size(), &size) == nullptr ||
      size != out.size()) {
    throw std::runtime_error("HMAC-SHA-1 failed");
  }
  return out;
}

}  // namespace

Bytes new_totp_secret(Random& random) {
  auto const secret = random.bytes<20>();
  return Bytes(secret.begin(), secret.end());
}

std::string totp_code(ByteView secret, std::int64_t step) {
  ByteArray<8> counter{};
  for (std::size_t i = 0; i < 8; ++i) {
    counter[7 - i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (8 * i));
  }
  auto const mac = hmac_sha1(secret, counter);
  auto const at = static_cast<std::size_t>(mac[19] & 15);  // RFC 4226 section 5.3
  auto const binary = (static_cast<std::uint32_t>(mac[at] & 0x7f) << 24) |
                      (static_cast<std::uint32_t>(mac[at + 1]) << 16) |
                      (static_cast<std::uint32_t>(mac[at + 2]) << 8) |
                      static_cast<std::uint32_t>(mac[at + 3]);
  auto digits = std::to_string(binary % 1'000'000);
  return std::string(totp_digits - digits.size(), '0') + digits;
}

std::optional<std::int64_t> matching_totp_step(ByteView secret, std::string_view code,
                                               Instant now) {
  if (code.size() != totp_digits) return std::nullopt;
  auto const current = domain::one_time_step_at(now);
  std::optional<std::int64_t> found;
  for (auto const step : {current - 1, current + 1, current}) {
    auto const expected = totp_code(secret, step);
    if (crypto::equal_constant_time(bytes_of(expected), bytes_of(code))) found = step;
  }
  return found;
}

std::string otpauth_uri(std::string_view issuer, std::string_view username, ByteView secret) {
  return "otpauth://totp/" + http::percent_encode(issuer) + ":" + http::percent_encode(username) +
         "?secret=" + to_base32(secret) + "&issuer=" + http::percent_encode(issuer) +
         "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace kaiku::access
