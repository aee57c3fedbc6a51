// What goes into a holder's hands with a card: what an office has still to hand over, and the
// recovery codes that wait for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/handover.hpp"
#include "server/ledger/ref.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct Handover {
  ledger::Ref id{};
  CardId card;
  LineageId lineage;
  OfficeId office;
  std::int64_t made_seq = 0;
  Instant made_at;
  std::optional<std::int64_t> confirmed_seq{};
  std::optional<std::int64_t> undone_seq{};
  domain::HandoverCause cause = domain::HandoverCause::registered;
  std::optional<std::int64_t> superseded_seq{};  // another letter was made in its place
  bool is_waiting() const { return !confirmed_seq && !undone_seq && !superseded_seq; }
};
std::optional<Handover> find_handover(ledger::ReadTx& tx, ledger::Ref const& id);
// The one of a holder that an entry made.
std::optional<Handover> handover_made_by(ledger::ReadTx& tx, LineageId lineage, std::int64_t seq);
// The newest of a holder's card; an earlier holder's of the same card is another's.
std::optional<Handover> last_handover_of(ledger::ReadTx& tx, LineageId lineage, CardId card);
// What the office has not handed over yet, the newest first; `before`: an entry's sequence.
std::vector<Handover> waiting_handovers(ledger::ReadTx& tx, OfficeId office,
                                        std::optional<std::int64_t> before, int limit);
std::int64_t count_waiting_handovers(ledger::ReadTx& tx, OfficeId office);

// What the letter tells, sealed in the vault to be read until it is forgotten. A key made before
// there were any is empty.
struct KeptLetter {
  std::string recovery_code;
  std::string key;
};
void keep_letter(ledger::WriteTx& tx, CardId card, LineageId lineage, KeptLetter const& letter);
std::optional<KeptLetter> kept_letter(ledger::ReadTx& tx, Handover const& handover);
void forget_recovery_code(ledger::WriteTx& tx, CardId card);
// Of whichever of a holder's cards it was kept: what waited for an older one waits no longer
// either.
void forget_letters_of(ledger::WriteTx& tx, LineageId lineage);
void forget_recovery_codes_before(ledger::WriteTx& tx, Instant at);

}  // namespace kaiku::tables
