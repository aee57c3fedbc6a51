// The yearly statistic and usage figures, straight from what is recorded. Every figure can be drawn
// as of an earlier ledger sequence; a count of 1 to 4 persons is never told nor derivable.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/groupings.hpp"

namespace kaiku::use_cases {

using tables::GroupBy;

// A cell: a number, or nullopt when suppressed.
using Cell = std::optional<std::int64_t>;

struct UsageRow {
  std::string
      key;  // "" for the whole; area id, municipality code, office or venue id, sector, "2026-11"
  std::string label;  // its name in the caller's language
  // Persons (lineages); absent where the grouping does not divide them (venue, sector).
  bool has_persons = true;
  Cell registered;
  Cell taken_into_use;
  Cell active;
  std::optional<double>
      usage_rate;  // 0–1, four decimals; nullopt: suppressed or nothing registered
  // Uses: {adults, children} × {culture, education, science, sport}; assistants and the like
  // beside.
  std::array<Cell, 4> adults;
  std::array<Cell, 4> children;
  Cell assistants, interpreters, companions;
  Cell community_uses;  // tickets on community cards, counted apart
};

struct UsageReport {
  Day from;
  Day to;  // inclusive
  std::int64_t as_of_sequence = 0;
  Instant as_of;
  std::optional<AreaId> area;  // the scope that it was drawn for
  GroupBy group_by = GroupBy::none;
  std::vector<UsageRow> rows;        // one when not grouped
  std::int64_t municipalities = 0;   // of the network in scope
  std::int64_t waiting_uses = 0;     // counted nowhere until somebody has ruled on them
  std::optional<double> late_share;  // of the uses: recorded more than a day after they occurred
};

struct UsageQuestion {
  Day from;
  Day to;
  std::optional<std::int64_t> as_of_sequence;  // at most the newest; nullopt: now
  std::optional<Instant> as_of;                // looked up as a sequence
  std::optional<AreaId> area;                  // nullopt: the caller's whole scope
  GroupBy group_by = GroupBy::none;
};
// Area coordinators see their own area; venue staff see their own venue's uses (no persons);
// national roles see all. Problem::forbidden for others' areas and for a grouping that is not the
// caller's (tables::may_have), validation_failed for from > to or over 10 years.
Result<UsageReport> draw_usage(ledger::ReadTx& tx, UsageQuestion const& question,
                               domain::Caller const& caller);

}  // namespace kaiku::use_cases
