#include "server/verify/verify_journals.hpp"

#include <algorithm>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "schema/crypto/crypto.hpp"
#include "server/tables/journals.hpp"

namespace kaiku::verify {
namespace {

bool is_of_hash(tables::QuarantinedBytes const& bytes, ByteView hash) {
  auto const message = cose::parse_sign1(bytes.signed_entry, cbor::ledger_entry_limit);
  return message && std::ranges::equal(crypto::sha256(message->payload), hash);
}

void check_quarantine(ledger::ReadTx& tx, TellDifference const& tell) {
  auto rows = tx.prepare("SELECT seq, hash FROM quarantined_entry ORDER BY seq");
  while (rows.step()) {
    std::string const name =
        "table vault_quarantine: the row seq " + std::to_string(rows.integer(0));
    try {
      auto const bytes = tables::bytes_in_quarantine(tx, rows.integer(0));
      if (!bytes)
        tell(name + " is missing");
      else if (!is_of_hash(*bytes, rows.blob(1)))
        tell(name + " holds another entry");
    } catch (std::exception const&) {
      tell(name + " does not open");
    }
  }
  auto strays = tx.prepare(
      "SELECT seq FROM vault_quarantine WHERE seq NOT IN (SELECT seq FROM quarantined_entry)");
  while (strays.step()) {
    tell("table vault_quarantine: the row seq " + std::to_string(strays.integer(0)) +
         " follows from no entry");
  }
}

void check_kept_cards(ledger::ReadTx& tx, TellDifference const& tell) {
  auto rows = tx.prepare("SELECT device_id, sequence FROM vault_journal_card");
  while (rows.step()) {
    auto const device = rows.id<DeviceId>(0);
    auto const sequence = rows.integer(1);
    std::string const name = "table vault_journal_card: the row device_id " +
                             std::to_string(device.value) + ", sequence " +
                             std::to_string(sequence);
    try {
      tables::kept_card(tx, device, sequence);
      auto const attempt = tables::find_journal_entry(tx, device, sequence);
      if (!attempt || !std::holds_alternative<contract::Attempt>(attempt->entry.what)) {
        tell(name + " belongs to no attempt");
      } else if (tables::outcome_of(tx, device, sequence, attempt->hash)) {
        tell(name + " is kept longer than it is needed");
      }
    } catch (std::exception const&) {
      tell(name + " does not open");
    }
  }
}

}  // namespace

void check_journal_vault(ledger::ReadTx& tx, TellDifference const& tell) {
  check_quarantine(tx, tell);
  check_kept_cards(tx, tell);
}

}  // namespace kaiku::verify
