#include "server/tables/letters.hpp"

#include "server/keys/vault.hpp"

namespace kaiku::tables {
namespace {

constexpr std::string_view purpose = "letter_key";

}  // namespace

void put_letter_key(ledger::WriteTx& tx, LineageId lineage, std::string_view key) {
  auto const lookup = keys::lookup_value(tx.keys(), purpose, key);
  tx.prepare("INSERT INTO vault_letter (letter_lookup, lineage_id) VALUES (?1, ?2)")
      .with(ByteView(lookup), lineage)
      .run();
}

void erase_letter_keys(ledger::WriteTx& tx, LineageId lineage) {
  tx.prepare("DELETE FROM vault_letter WHERE lineage_id = ?1").with(lineage).run();
}

std::optional<Card> card_of_letter_key(ledger::ReadTx& tx, std::string_view key) {
  auto const lookup = keys::lookup_value(tx.keys(), purpose, key);
  auto query = tx.prepare("SELECT lineage_id FROM vault_letter WHERE letter_lookup = ?1");
  query.with(ByteView(lookup));
  if (!query.step()) return std::nullopt;
  return current_card_of(tx, query.id<LineageId>(0));
}

int next_card_place(ledger::ReadTx& tx, OfficeId office) {
  auto query = tx.prepare("SELECT place FROM made_card_place WHERE office_id = ?1");
  query.with(office);
  return query.step() ? query.small(0) : 1;
}

void put_next_card_place(ledger::WriteTx& tx, OfficeId office, int place) {
  tx.prepare("INSERT OR REPLACE INTO made_card_place (office_id, place) VALUES (?1, ?2)")
      .with(office, place)
      .run();
}

}  // namespace kaiku::tables
