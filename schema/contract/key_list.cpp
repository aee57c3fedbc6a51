#include "schema/contract/key_list.hpp"

#include <array>

#include "schema/codec/cbor_fields.hpp"
#include "schema/codec/cose.hpp"

namespace kaiku::contract {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::size_t most_keys = 256;
constexpr std::size_t list_limit = 24 * 1024;
constexpr std::string_view bound_to = "kaiku key list";
constexpr std::array<std::string_view, 4> use_words{"card", "snapshot", "checkpoint", "sealing"};

std::optional<KeyUse> key_use_from(std::string_view word) {
  for (std::size_t i = 0; i < use_words.size(); ++i) {
    if (use_words[i] == word) return static_cast<KeyUse>(i);
  }
  return std::nullopt;
}

std::size_t key_size(KeyUse use) { return use == KeyUse::sealing ? 65 : 32; }

Error unreadable(char const* why) { return Error(Problem::unreadable, why); }

}  // namespace

std::vector<crypto::Ed25519PublicKey> KeyList::keys_for(KeyUse use, Instant now) const {
  std::vector<crypto::Ed25519PublicKey> found;
  for (auto const& listed : keys) {
    if (listed.use != use || (listed.until && *listed.until <= now)) continue;
    if (auto const key = crypto::Ed25519PublicKey::from_raw(listed.key)) found.push_back(*key);
  }
  return found;
}

std::optional<crypto::P256PublicKey> KeyList::sealing_key(Instant now) const {
  std::optional<crypto::P256PublicKey> newest;
  for (auto const& listed : keys) {
    if (listed.use != KeyUse::sealing || (listed.until && *listed.until <= now)) continue;
    if (auto const key = crypto::P256PublicKey::from_point(listed.key)) newest = key;
  }
  return newest;
}

Bytes sign_key_list(KeyList const& list, crypto::Ed25519PrivateKey const& root) {
  cbor::Writer out;
  out.array(3).integer(format_version).integer(list.version).array(list.keys.size());
  for (auto const& listed : list.keys) {
    out.array(4).text(use_words[static_cast<std::size_t>(listed.use)]).bytes(listed.key);
    out.integer(listed.from.us);
    if (listed.until) {
      out.integer(listed.until->us);
    } else {
      out.null();
    }
  }
  return cose::sign1_ed25519(root, std::move(out).finish(), bytes_of(bound_to));
}

Result<KeyList> open_key_list(ByteView signed_list, crypto::Ed25519PublicKey const& root) {
  auto const message = cose::parse_sign1(signed_list, list_limit);
  if (!message) return message.error();
  if (!cose::verify(*message, root, bytes_of(bound_to))) {
    return unreadable("the key list is not signed by the root key");
  }
  CborFields in(message->payload, list_limit);
  in.array(3);
  if (in.integer(0, INT64_MAX) != format_version) return unreadable("key list of another version");
  KeyList list;
  list.version = in.id();
  std::size_t const count = in.list(most_keys);
  for (std::size_t i = 0; i < count; ++i) {
    in.array(4);
    ListedKey listed;
    listed.use = in.word<KeyUse>(key_use_from);
    listed.key = in.bytes(key_size(listed.use), key_size(listed.use));
    listed.from = in.instant();
    listed.until = in.maybe([&] { return in.instant(); });
    list.keys.push_back(std::move(listed));
  }
  if (!in.finished()) return unreadable("key list of a wrong form");
  return list;
}

}  // namespace kaiku::contract
