// What goes into a holder's hands with a card: any colleague of the office may look at it and say
// that it is handed over.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/handover.hpp"
#include "server/tables/handovers.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/undo_replacement.hpp"

namespace kaiku::use_cases {

struct HandoverView {
  tables::Handover handover;
  contract::CardCode code;
  bool is_made = false;                        // on the spot: nobody has printed its QR
  std::optional<CardView> card{};              // nullopt once it is undone that it was given
  std::string postcode{};                      // empty for a community card
  std::optional<std::string> recovery_code{};  // while it waits, 14 days at most
  std::optional<Instant> confirmed_at{};
  std::optional<Instant> undone_at{};
  std::optional<Instant> superseded_at{};  // since when another letter stands in its place
  bool has_letter = false;                 // it can be printed
  bool undoes_replacement = false;         // else the registration
  std::optional<Instant> undoable_until{};
  std::optional<RestoredCard> again{};  // once a replacement is undone
};

// Another office's is Problem::not_found, as nobody's. Reading writes an audit entry, as read_card.
Result<HandoverView> read_handover(ledger::WriteTx& tx, ledger::Ref const& id,
                                   domain::Caller const& caller);
// The recovery code can be read no longer. Confirmed or undone before: nothing happens.
Result<void> confirm_handover(ledger::WriteTx& tx, ledger::Ref const& id, domain::HandoverWay way,
                              domain::Caller const& caller);
// The registration or replacement by which its card was given is undone (undo_registration.hpp,
// undo_replacement.hpp), a replacement with what holds after it; done twice, nothing more happens.
Result<std::optional<RestoredCard>> undo_handover(ledger::WriteTx& tx, ledger::Ref const& id,
                                                  domain::Caller const& caller);

struct WaitingHandover {
  tables::Handover handover;
  contract::CardCode code;
};
// What the caller's office has not handed over yet, the newest first. Writes that it was read.
Result<std::vector<WaitingHandover>> list_handovers(ledger::WriteTx& tx,
                                                    std::optional<std::int64_t> before, int limit,
                                                    domain::Caller const& caller);

}  // namespace kaiku::use_cases
