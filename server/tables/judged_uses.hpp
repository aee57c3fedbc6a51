// Uses that were judged after they happened: from doors' journals and late paper forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract/admission.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/network.hpp"

namespace kaiku::tables {

// Whether a judged use counts, in figures and against a quota; accepted ones do.
enum class Standing { counted, waiting, accepted, rejected };
std::string_view word_of(Standing standing);
std::optional<Standing> standing_from(std::string_view word);

// Says nothing of the card.
struct JudgedUse {
  RedemptionId id;
  VenueId venue;
  std::optional<EventId> event;
  domain::Actor actor;
  Instant occurred_at;
  Instant recorded_at;
  contract::Tickets tickets;
  contract::Answer answer = contract::Answer::ok;  // what the door said
  std::string verdict;
  Standing standing = Standing::counted;
  bool undone = false;
};

struct JudgedQuestion {
  std::optional<AreaId> area = {};  // of the venue
  std::optional<VenueId> venue = {};
  std::optional<std::string> verdict = {};
  std::optional<Day> from = {};  // days of the use, inclusive
  std::optional<Day> to = {};
  std::optional<Standing> standing = {};
  bool with_fine = true;  // those on which there is nothing to say too
};
std::optional<JudgedUse> find_judged_use(ledger::ReadTx& tx, RedemptionId id);
// In order of arrival.
std::vector<JudgedUse> list_judged_uses(ledger::ReadTx& tx, JudgedQuestion const& question,
                                        Page page);
// By the time of the use, the newest first: those before the use `before`, or from the newest on.
std::vector<JudgedUse> newest_judged_uses(ledger::ReadTx& tx, JudgedQuestion const& question,
                                          std::optional<RedemptionId> before, int limit);
// Where there are any, by id.
std::vector<VenueId> venues_of_judged_uses(ledger::ReadTx& tx, std::optional<AreaId> const& area);
struct VerdictCount {
  std::string verdict;
  std::int64_t uses = 0;
};
// The most frequent first; where a standing is asked for, without undone ones.
std::vector<VerdictCount> count_judged_uses(ledger::ReadTx& tx, JudgedQuestion const& question);
// Those that nobody has ruled on.
std::int64_t count_waiting_uses(ledger::ReadTx& tx, std::optional<AreaId> const& area);

}  // namespace kaiku::tables
