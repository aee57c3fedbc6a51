#include "schema/contract/key_list.hpp"

#include <algorithm>
#include <array>

#include "schema/codec/cbor_fields.hpp"
#include "schema/codec/cose.hpp"

namespace kaiku::contract {
namespace {

constexpr std::int64_t format_version = 2;
constexpr std::size_t most_keys = 256;
constexpr std::size_t most_stretches = 16;
constexpr std::size_t most_parameters = 16;
constexpr std::size_t longest_algorithm = 40;
constexpr std::size_t list_limit = 24 * 1024;
constexpr std::string_view bound_to = "kaiku key list";
constexpr std::string_view scrypt_name = "scrypt";
constexpr std::array<std::string_view, 4> use_words{"card", "snapshot", "checkpoint", "sealing"};

std::optional<KeyUse> key_use_from(std::string_view word) {
  for (std::size_t i = 0; i < use_words.size(); ++i) {
    if (use_words[i] == word) return static_cast<KeyUse>(i);
  }
  return std::nullopt;
}

std::size_t key_size(KeyUse use) { return use == KeyUse::sealing ? 65 : 32; }

Error unreadable(char const* why) { return Error(Problem::unreadable, why); }

void write(cbor::Writer& out, ListedStretch const& listed) {
  out.array(3).integer(listed.number).text(listed.algorithm).array(listed.parameters.size());
  for (auto const parameter : listed.parameters) out.integer(parameter);
}

ListedStretch read_stretch(CborFields& in) {
  in.array(3);
  ListedStretch listed;
  listed.number = in.id();
  listed.algorithm = in.text(longest_algorithm);
  std::size_t const count = in.list(most_parameters);
  for (std::size_t i = 0; i < count; ++i) listed.parameters.push_back(in.count());
  return listed;
}

std::optional<crypto::ScryptCost> scrypt_cost(std::vector<std::int64_t> const& parameters) {
  bool const fit = parameters.size() == 3 && std::ranges::all_of(parameters, [](auto parameter) {
                     return parameter > 0 && parameter <= UINT32_MAX;
                   });
  if (!fit) return std::nullopt;
  return crypto::ScryptCost{static_cast<std::uint64_t>(parameters[0]),
                            static_cast<std::uint32_t>(parameters[1]),
                            static_cast<std::uint32_t>(parameters[2])};
}

}  // namespace

ListedStretch ListedStretch::of(Stretch const& stretch) {
  auto const& [n, r, p] = stretch.cost;
  return {stretch.number, std::string(scrypt_name), {static_cast<std::int64_t>(n), r, p}};
}

Result<Stretch> KeyList::stretch(std::int64_t number) const {
  auto const listed = std::ranges::find(stretches, number, &ListedStretch::number);
  if (listed == stretches.end())
    return unreadable("the key list does not say how codes are hashed");
  if (listed->algorithm != scrypt_name) {
    return unreadable("codes are hashed by an algorithm that this program does not know");
  }
  auto const cost = scrypt_cost(listed->parameters);
  if (!cost || !is_payable(*cost)) {
    return unreadable("codes are hashed at a cost that this program does not pay");
  }
  return Stretch{number, *cost};
}

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
  out.array(4).integer(format_version).integer(list.version).array(list.keys.size());
  for (auto const& listed : list.keys) {
    out.array(4).text(use_words[static_cast<std::size_t>(listed.use)]).bytes(listed.key);
    out.integer(listed.from.us);
    if (listed.until) {
      out.integer(listed.until->us);
    } else {
      out.null();
    }
  }
  out.array(list.stretches.size());
  for (auto const& listed : list.stretches) write(out, listed);
  return cose::sign1_ed25519(root, std::move(out).finish(), bytes_of(bound_to));
}

Result<KeyList> open_key_list(ByteView signed_list, crypto::Ed25519PublicKey const& root) {
  auto const message = cose::parse_sign1(signed_list, list_limit);
  if (!message) return message.error();
  if (!cose::verify(*message, root, bytes_of(bound_to))) {
    return unreadable("the key list is not signed by the root key");
  }
  CborFields in(message->payload, list_limit);
  in.array(4);
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
  std::size_t const stretches = in.list(most_stretches);
  for (std::size_t i = 0; i < stretches; ++i) {
    auto listed = read_stretch(in);
    in.check(list.stretches.empty() || list.stretches.back().number < listed.number);
    list.stretches.push_back(std::move(listed));
  }
  if (!in.finished()) return unreadable("key list of a wrong form");
  return list;
}

}  // namespace kaiku::contract
