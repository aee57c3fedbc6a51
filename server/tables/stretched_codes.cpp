#include "server/tables/stretched_codes.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "server/keys/vault.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::tables {
namespace {

constexpr char vault_stretched[] = "vault_stretched";
constexpr std::string_view row_salt_setting = "row_salt";
constexpr std::string_view stretched_up_to_setting = "stretched_up_to";
constexpr int rows_a_look = 1024;

ByteArray<16> salt_of(keys::KeyRing const& keys) {
  auto const whole = crypto::hmac_sha256(keys.rows, bytes_of("salt"));
  ByteArray<16> salt{};
  std::copy_n(whole.begin(), salt.size(), salt.begin());
  return salt;
}

std::string_view changes_sql(Towards way) {
  // 4: void. What becomes it was stock, or was registered before and is found by that.
  if (way == Towards::newer) {
    return R"(
      SELECT v.card_id, v.seq, s.card_id IS NULL
      FROM (SELECT card_id, seq FROM card_version WHERE (seq, card_id) > (?1, ?2) AND state <> 4
        ORDER BY seq, card_id LIMIT ?3) v
      LEFT JOIN vault_stretched s ON s.card_id = v.card_id
      ORDER BY v.seq, v.card_id)";
  }
  return R"(
    SELECT v.card_id, v.seq, s.card_id IS NULL
    FROM (SELECT card_id, seq FROM card_version WHERE (seq, card_id) < (?1, ?2) AND seq > ?4
        AND state <> 4
      ORDER BY seq DESC, card_id DESC LIMIT ?3) v
    LEFT JOIN vault_stretched s ON s.card_id = v.card_id
    ORDER BY v.seq DESC, v.card_id DESC)";
}

std::optional<contract::CardCode> readable_code(ledger::ReadTx& tx, CardId card) {
  try {
    return code_of(tx, card);
  } catch (std::runtime_error const&) {
    return std::nullopt;
  }
}

}  // namespace

std::int64_t row_epoch(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT 1 + COUNT(*) FROM device WHERE stolen = 1");
  query.step();
  return query.integer(0);
}

contract::RowKey row_key_of(keys::KeyRing const& keys, std::int64_t epoch) {
  auto const text = bytes_of("row key");
  Bytes input(text.begin(), text.end());
  for (int shift = 56; shift >= 0; shift -= 8) {
    input.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(epoch) >> shift));
  }
  return {epoch, crypto::hmac_sha256(keys.rows, input), salt_of(keys), keys.stretch};
}

bool keep_row_salt(ledger::WriteTx& tx) {
  auto const now = to_hex(salt_of(tx.keys())) + " " + keys::text_of(tx.keys().stretch.cost);
  auto query = tx.prepare("SELECT value FROM setting WHERE name = ?1");
  query.with(row_salt_setting);
  if (query.step()) {
    if (query.text(0) == now) return false;
    throw std::runtime_error(
        "key file rows.key is not the one that this installation's card hashes were made with; "
        "put it back from the backup of the keys");
  }
  tx.prepare("INSERT INTO setting (name, value) VALUES (?1, ?2)").with(row_salt_setting, now).run();
  return true;
}

CodesToStretch codes_to_stretch(ledger::ReadTx& tx, CardChange const& from, Towards way,
                                std::size_t most, std::int64_t down_to) {
  CodesToStretch found;
  auto query = tx.prepare(changes_sql(way));
  query.with(from.seq, from.card, rows_a_look);
  if (way == Towards::older) query.bind(4, down_to);
  while (found.codes.size() < most && query.step()) {
    CardId const card = query.id<CardId>(0);
    found.reached = CardChange{query.integer(1), card};
    auto const again = [card](auto const& other) { return other.first == card; };
    if (query.integer(2) == 0 || std::ranges::any_of(found.codes, again)) continue;
    if (auto const code = readable_code(tx, card)) found.codes.emplace_back(card, *code);
  }
  return found;
}

std::int64_t stretched_up_to(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?1");
  query.with(stretched_up_to_setting);
  return query.step() ? query.integer(0) : 0;
}

void note_stretched_up_to(ledger::WriteTx& tx, std::int64_t sequence) {
  tx.prepare(R"(
      INSERT INTO setting (name, value)
      VALUES (?1, ?2)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value)")
      .with(stretched_up_to_setting, std::to_string(sequence))
      .run();
}

void put_stretched(ledger::WriteTx& tx, CardId card, Digest const& stretched) {
  auto const sealed =
      keys::vault_seal(tx.keys(), tx.random(), {vault_stretched, card.value}, stretched);
  tx.prepare(R"(
      INSERT INTO vault_stretched (card_id, made_seq, made_at_us, sealed) SELECT ?1, ?2, ?3, ?4
      WHERE EXISTS (SELECT 1 FROM vault_card WHERE card_id = ?1)
      ON CONFLICT DO NOTHING)")
      .with(card, tx.ledger_end().last_sequence() + 1, tx.now(), sealed)
      .run();
}

std::optional<Digest> stretched_of(ledger::ReadTx& tx, CardId card) {
  auto query = tx.prepare("SELECT sealed FROM vault_stretched WHERE card_id = ?1");
  query.with(card);
  if (!query.step()) return std::nullopt;
  return open_stretched(tx.keys(), card, query.blob(0));
}

Digest open_stretched(keys::KeyRing const& keys, CardId card, ByteView sealed) {
  auto const plain = keys::vault_open(keys, {vault_stretched, card.value}, sealed);
  Digest stretched{};
  if (plain.size() != stretched.size()) throw std::runtime_error("a stretched code is cut");
  std::copy(plain.begin(), plain.end(), stretched.begin());
  return stretched;
}

}  // namespace kaiku::tables
