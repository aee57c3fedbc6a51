// What a device has told of one number of its journal: once, or in several ways when its folder was
// copied or it was revoked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schema/contract/journal_entry.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::use_cases {

// Attempts' cards as scanned, by the hash of their entry: what an upload has brought.
using BroughtCards = std::map<Digest, std::string>;

struct Telling {
  enum class Where {
    journal,
    beside,     // another has the number
    of_revoked  // came after the device was revoked
  };
  contract::JournalEntry attempt;
  Digest hash{};  // of the attempt's entry
  Where where = Where::journal;
  std::optional<contract::JournalEntry> outcome;  // the first that is tied to this attempt
  Where outcome_where = Where::journal;
  // A copy made in the middle of this attempt ended it in another way: here it gave tickets.
  bool is_again = false;
  std::string card;  // as scanned; empty: did not come
};
// The one in the journal first, then by arrival. A number that is no attempt's has none.
std::vector<Telling> tellings_of(ledger::ReadTx& tx, tables::Device const& device,
                                 std::int64_t attempt, BroughtCards const& brought);

// Whether tickets were given, as far as the door knows.
bool gives(contract::JournalEntry const& outcome);

// The card of an attempt, from what came beside its entry, or in it from older kiosks; empty when
// it does not open or is not the one that the entry names.
std::string open_card(contract::JournalEntry const& entry, ByteView sent,
                      crypto::P256PrivateKey const& sealing_key);

}  // namespace kaiku::use_cases
