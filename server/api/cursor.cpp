#include "server/api/cursor.hpp"

#include <algorithm>

#include "schema/crypto/crypto.hpp"
#include "server/http/form.hpp"
#include "server/keys/key_ring.hpp"

namespace kaiku::api {
namespace {

constexpr std::size_t id_size = 8;
// What is kept apart is one caller's own lists: enough that no cut or mixed-up cursor fits.
constexpr std::size_t check_size = 8;

ByteArray<id_size> bytes_of_id(std::int64_t id) {
  ByteArray<id_size> out{};
  auto rest = static_cast<std::uint64_t>(id);
  for (auto at = out.rbegin(); at != out.rend(); ++at, rest >>= 8) {
    *at = static_cast<std::uint8_t>(rest & 0xffU);
  }
  return out;
}

// The key is that of idempotent bodies; the first words keep the two uses apart.
ByteArray<check_size> check_of(access::Call const& call, ByteView id) {
  auto text = "cursor\n" + http::with_unreserved_decoded(call.request().path) + "\n";
  text += text_of(id);
  auto const mac = crypto::hmac_sha256(call.services().keys.body_mac, bytes_of(text));
  ByteArray<check_size> out{};
  std::copy_n(mac.begin(), out.size(), out.begin());
  return out;
}

}  // namespace

std::string cursor_after(access::Call const& call, std::int64_t last_id) {
  auto const id = bytes_of_id(last_id);
  auto const check = check_of(call, id);
  Bytes whole(id.begin(), id.end());
  whole.insert(whole.end(), check.begin(), check.end());
  return to_base64url(whole);
}

std::optional<std::int64_t> row_before(access::Call const& call, std::string_view cursor) {
  auto const whole = from_base64url(cursor);
  if (!whole || whole->size() != id_size + check_size) return std::nullopt;
  auto const id = ByteView(*whole).first(id_size);
  if (!crypto::equal_constant_time(check_of(call, id), ByteView(*whole).subspan(id_size))) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  for (auto const byte : id) value = value << 8 | byte;
  return static_cast<std::int64_t>(value);
}

}  // namespace kaiku::api
