#include "server/tables/key_list.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace kaiku::tables {
namespace {

using contract::KeyList;
using contract::KeyUse;
using contract::ListedKey;

constexpr std::string_view list_setting = "key_list";
constexpr std::string_view version_setting = "key_list_version";

std::optional<std::string> setting(ledger::ReadTx& tx, std::string_view name) {
  auto query = tx.prepare("SELECT value FROM setting WHERE name = ?1");
  query.with(name);
  if (!query.step()) return std::nullopt;
  return std::string(query.text(0));
}

void set(ledger::WriteTx& tx, std::string_view name, std::string const& value) {
  tx.prepare(R"(
      INSERT INTO setting (name, value)
      VALUES (?1, ?2)
      ON CONFLICT (name)
      DO UPDATE SET value = ?2)")
      .with(name, value)
      .run();
}

std::vector<ListedKey> keys_in_use(keys::KeyRing const& keys, Instant from) {
  std::vector<ListedKey> listed;
  auto const add = [&](KeyUse use, ByteView key) {
    listed.push_back({use, Bytes(key.begin(), key.end()), from, std::nullopt});
  };
  for (auto const& [id, key] : keys.card_keys) add(KeyUse::card, key.raw());
  add(KeyUse::snapshot, keys.snapshot.public_key().raw());
  add(KeyUse::checkpoint, keys.checkpoint.public_key().raw());
  add(KeyUse::sealing, keys.sealing.public_key().point());
  return listed;
}

// Empty when there is none, or the root key is another than it was signed with.
KeyList stored_list(ledger::ReadTx& tx) {
  auto const text = setting(tx, list_setting);
  auto const encoded = text ? from_base64(*text) : std::nullopt;
  if (!encoded) return {};
  auto list = contract::open_key_list(*encoded, tx.keys().root.public_key());
  return list ? std::move(*list) : KeyList{};
}

}  // namespace

bool refresh_key_list(ledger::WriteTx& tx) {
  auto const before = stored_list(tx);
  KeyList list;
  list.keys = keys_in_use(tx.keys(), tx.now());
  list.stretches = {contract::ListedStretch::of(tx.keys().stretch)};
  for (auto& listed : list.keys) {
    auto const same = std::ranges::find_if(before.keys, [&](ListedKey const& known) {
      return known.use == listed.use && known.key == listed.key;
    });
    if (same != before.keys.end()) listed.from = same->from;
  }
  if (list.keys == before.keys && list.stretches == before.stretches) return false;
  auto const version = setting(tx, version_setting);
  list.version = (version ? std::stoll(*version) : 0) + 1;
  set(tx, version_setting, std::to_string(list.version));
  set(tx, list_setting, to_base64(contract::sign_key_list(list, tx.keys().root)));
  return true;
}

Bytes signed_key_list(ledger::ReadTx& tx) {
  auto const text = setting(tx, list_setting);
  auto const encoded = text ? from_base64(*text) : std::nullopt;
  if (!encoded) throw std::runtime_error("the key list has not been signed yet");
  return *encoded;
}

}  // namespace kaiku::tables
