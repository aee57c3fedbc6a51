// POST /door/v1/journal: every correctly signed entry of a door is stored at once, whatever its
// place in the chain, and put into effect as soon as what belongs together has arrived.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/journal_entry.hpp"
#include "schema/contract/journal_upload.hpp"
#include "schema/crypto/crypto.hpp"
#include "server/domain/journal_budget.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/devices.hpp"

namespace kaiku::use_cases {

inline constexpr std::int64_t most_quarantined_a_day = 5'000;  // new ones, of one device

// An uploaded entry after the slow work.
struct ReadEntry {
  Bytes signed_entry;
  Bytes sealed_card;
  // As the entry says, signed by the device or not; 0 and zeros when it cannot be read.
  std::int64_t sequence = 0;
  Digest hash{};
  std::optional<contract::JournalEntry> entry;  // nullopt: form, signature or device is not right
  std::string card;                             // as scanned; empty: not given, or not readable
};
// Signatures and sealed cards; no transaction, for the work lane. A sealed card that is not the one
// that its attempt names counts as not given.
std::vector<ReadEntry> read_journal(std::vector<contract::UploadedEntry> upload, DeviceId device,
                                    crypto::P256PublicKey const& device_key,
                                    crypto::P256PrivateKey const& sealing_key);

// A receipt for each, in order; what could not be read right is `refused`, what is beyond the
// device's budget of the day is `waiting`, everything else is kept, in the journal or in
// quarantine. Problem::too_many_requests with retry_after_s when a device fills the quarantine;
// then nothing of the upload is kept.
Result<contract::JournalReply> take_in_journal(ledger::WriteTx& tx, DeviceId device,
                                               std::vector<ReadEntry> const& entries,
                                               domain::JournalBudget const& budget);

}  // namespace kaiku::use_cases
