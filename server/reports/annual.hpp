// The yearly statistic and usage by groups, read from what was published; those in charge get the
// running year as it is now.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/reports/figure.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::reports {

// Where a report's numbers come from.
enum class State : std::uint8_t {
  settled,  // the year's settlement, or an edition of it
  closed,   // quarters and months of closed quarters
  working,  // now, exact, for those in charge alone; changes daily
  own,      // a venue's own tickets, now
};
std::string_view word_of(State state);

struct AsOf {
  std::optional<domain::RunName> run;  // none: as of now
  std::int64_t sequence = 0;
  Instant time;
  std::optional<Digest> hash;
};

// Measures of one row. What the row's table does not declare is not_published.
struct Measures {
  Figure registered, taken, not_taken, earlier_years;
  std::array<Figure, 4> adults_by_sector;  // by contract::Sector
  std::array<Figure, 4> children_by_sector;
  Figure adults, children;
  Figure assistants, interpreters, companions;
  Figure community_cards, community_uses;
  Figure total() const { return adults + children; }
  Figure active() const { return taken + earlier_years; }
  std::optional<double> usage_rate() const { return rate_of(taken, registered); }
};

struct AnnualReport {
  int year = 0;
  std::optional<AreaId> area;  // none: the network, or the own venue
  std::optional<VenueId> venue;
  State state = State::settled;
  AsOf as_of;
  Measures measures;
  std::int64_t municipalities = 0;
  std::optional<int> late_percent;        // shown when all >= 100 tickets and both parts 0 or >= 5
  std::optional<Measures> previous_year;  // settled too
  std::optional<Measures> earlier_run;    // of `since`: what a run before told
};

struct AnnualQuestion {
  int year = 0;
  std::optional<AreaId> area = {};        // none: the caller's whole scope
  std::optional<std::string> as_of = {};  // run, RFC 3339 time or sequence; none: the newest
  std::optional<std::string> since = {};  // run
  bool is_network_wanted = false;         // by an area coordinator, in the place of the own area
};
// National roles: the network or any area. Area coordinators: their own area (as those in charge)
// and, with area = none and is_network_wanted, the network by the signs for everybody. Venue staff:
// their own venue, exact. Problem::forbidden for others; not_found with detail "not-published-yet"
// where as_of lies before every run of the year; validation faults at /year, /area, /as_of, /since.
Result<AnnualReport> draw_annual(ledger::ReadTx& tx, AnnualQuestion const& question,
                                 domain::Caller const& caller, Day today);

enum class GroupBy : std::uint8_t {
  none,
  area,
  municipality,
  home,
  office,
  venue,
  sector,
  month,
  quarter,
  year
};
std::string_view word_of(GroupBy group);
std::optional<GroupBy> group_by_from(std::string_view word);

struct UsageRow {
  std::string key;  // area id, municipality code, venue or office id, sector, "2026-11", "2026-Q1"
  std::string label;  // in the caller's language; for periods and sectors the key
  Measures measures;
  // Of a venue: one that changed its sector has a row for each.
  std::optional<contract::Sector> sector = {};
};
struct UsageReport {
  Day from, to;
  std::optional<AreaId> area;
  std::optional<VenueId> venue;
  GroupBy group_by = GroupBy::none;
  State state = State::settled;
  AsOf as_of;             // the newest run that any of its cells is from
  bool has_cards = true;  // which measures the grouping divides
  bool has_uses = true;
  bool has_taken = false;          // of the cards: what is counted of whole years alone
  bool has_earlier_years = false;  // and what not every table declares
  bool has_sectors = false;
  std::vector<UsageRow> rows;
  Measures totals;  // sums of shown cells, or the published cell above the rows where there is one
};
struct UsageQuestion {
  Day from, to;  // first and last day of declared periods: months, quarters or years
  GroupBy group_by = GroupBy::none;
  std::optional<AreaId> area = {};
  std::optional<std::string> as_of = {};
  bool is_network_wanted = false;
};
// As draw_annual; validation_failed at /to with code not_a_published_period and a detail that names
// which periods there are, where from–to are not such days for this grouping.
Result<UsageReport> draw_usage(ledger::ReadTx& tx, UsageQuestion const& question,
                               domain::Caller const& caller, Day today);

}  // namespace kaiku::reports
