// Recorded uses and what earlier uses mean for the next one.
#pragma once

#include <optional>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/contract/attempt_key.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/cards.hpp"

namespace kaiku::tables {

struct Redemption {
  RedemptionId id;
  std::optional<CardId> card;
  std::optional<LineageId> lineage;
  VenueId venue;
  std::optional<EventId> event;
  contract::UseKind use_kind = contract::UseKind::admission;
  Day day;
  Instant occurred_at;
  contract::Tickets tickets;
  contract::Answer answer = contract::Answer::ok;
  std::optional<std::string> verdict;
  domain::Actor actor;
  Digest body_mac{};
  std::optional<std::int64_t> undone_seq;
  std::optional<std::int64_t> accepted_seq;           // of a use that waited
  std::optional<contract::AttemptHash> attempt_hash;  // of a device's attempt
};

std::optional<Redemption> find_redemption(ledger::ReadTx& tx, RedemptionId id);
std::optional<Redemption> find_redemption(ledger::ReadTx& tx, domain::Actor const& actor,
                                          std::string_view key);

// When an entry was recorded; nullopt beyond the ledger's end.
std::optional<Instant> recorded_at_of(ledger::ReadTx& tx, std::int64_t sequence);

// Uses of a lineage that matter for one at this venue, event and day; undone ones left out.
struct UseQuestion {
  LineageId lineage;
  VenueId venue;
  std::optional<EventId> event;
  Day day;
  std::optional<contract::UseLimit> limit;
  Day valid_from;  // of the card, for a limit per validity period
};
contract::EarlierUses earlier_uses(ledger::ReadTx& tx, UseQuestion const& question);
// Uses of a holder on one day, at all venues, undone ones left out.
std::int64_t acts_of_day(ledger::ReadTx& tx, LineageId lineage, Day day);
std::int64_t places_used(ledger::ReadTx& tx, EventId event);

// Tickets given at a venue on a day, newest first; those before one.
std::vector<Redemption> redemptions_of_day(ledger::ReadTx& tx, VenueId venue, Day day, int limit,
                                           std::optional<RedemptionId> before = {});
// Uses of a day and event (or of none) that were keyed in from paper, newest first.
std::vector<Redemption> paper_uses(ledger::ReadTx& tx, VenueId venue, Day day,
                                   std::optional<EventId> event);
struct DayCount {
  std::int64_t tickets = 0;
  std::int64_t children = 0;
};
DayCount count_of_day(ledger::ReadTx& tx, VenueId venue, Day day);

}  // namespace kaiku::tables
