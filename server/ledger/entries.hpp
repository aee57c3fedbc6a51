// What the ledger can say: one struct a kind, its public and its private (erasable) fields numbered
// once for writing and for reading. Numbers and kinds are append-only (schema/ledger_entry.cddl).
// Fields are visited as f(number, member) in ascending order; an empty optional is left out.
// `public_fields` and `private_fields` are templates over self (const or not) and the visitor.
#pragma once

#include <cstdint>
#include <variant>

#include "server/ledger/card_entries.hpp"
#include "server/ledger/identity_entries.hpp"
#include "server/ledger/network_entries.hpp"
#include "server/ledger/report_entries.hpp"
#include "server/ledger/request_entries.hpp"
#include "server/ledger/reservation_entries.hpp"
#include "server/ledger/use_entries.hpp"

namespace kaiku::ledger {

// The wall clock left the monotonic clock by more than five seconds.
struct ClockStep {
  static constexpr int kind = 20;
  std::int64_t difference_us = 0;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.difference_us);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

using Entry =
    std::variant<AreaSet, OfficeSet, VenueSet, EventSet, AccountSet, ApiKeySet, DeviceEnrolled,
                 DeviceRevoked, BatchMade, StockVoided, CardRegistered, CardRenewed, CardReplaced,
                 CardBlocked, CardUnblocked, HolderChanged, UseRedeemed, UseUndone, CardRead,
                 ClockStep, KeyAdded, PostcodesImported, JournalTaken, JournalQuarantined, UseRuled,
                 AccountReset, AccountSetUp, HandoverConfirmed, RegistrationUndone, CardsListed,
                 LetterMade, RenewalUndone, ReplacementUndone, DeviceRenamed, StockHanded,
                 SheetPrinted, ReservationMade, ReservationEnded, UndoAsked, UndoDecided,
                 ApprovalAsked, ApprovalDecided, CommitmentAccepted, ReportPublished,
                 HistoryImported, ValueSetSaved, SettingsSet>;

}  // namespace kaiku::ledger
