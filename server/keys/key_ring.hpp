// The keys of one installation: files of mode 0600 in D/keys, beside the database, never in it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "schema/contract/row_hash.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/crypto/random.hpp"

namespace kaiku::keys {

// One use each. Constructed once, const afterwards, shared by all lanes.
struct KeyRing {
  Digest vault;     // AES-256-GCM of vault rows
  Digest index;     // HMAC of codes, user names, API keys and recovery codes for look-up
  Digest body_mac;  // HMAC of idempotent bodies
  Digest csrf;      // HMAC of CSRF tokens
  crypto::Ed25519PrivateKey root;
  crypto::Ed25519PrivateKey card;
  crypto::Ed25519PrivateKey snapshot;
  crypto::Ed25519PrivateKey checkpoint;
  crypto::P256PrivateKey sealing;
  Digest rows{};  // row keys of the doors' snapshots and their salt
  // What a row hash costs; not a key, but of no use apart from `rows`, whose file names it.
  contract::Stretch stretch{1, contract::row_cost};
  Digest browsers{};  // HMAC of the cookies by which a browser is known
  // Public keys by id whose card tokens are accepted (not withdrawn): the current and earlier ones.
  std::map<ByteArray<8>, crypto::Ed25519PublicKey> card_keys;
};

// Makes what is missing (directory 0700, files 0600, written whole by rename and fsync); a new
// rows.key names `cost_of_new_rows`, one that is there keeps its own. Throws when a file is open to
// others, cut short or damaged, naming the file and what to do.
KeyRing make_or_load_keys(std::filesystem::path const& directory, Random& random,
                          crypto::ScryptCost const& cost_of_new_rows = contract::row_cost);

// "scrypt N=8192 r=8 p=1"; nullopt for another form or a cost that no door can pay.
std::string text_of(crypto::ScryptCost const& cost);
std::optional<crypto::ScryptCost> scrypt_cost_from(std::string_view text);

}  // namespace kaiku::keys
