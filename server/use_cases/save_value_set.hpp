// Assumptions about what uses are worth, saved as the next version of their area and year.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/reports/value_report.hpp"
#include "server/tables/value_sets.hpp"

namespace kaiku::use_cases {

// A line as somebody gives it; all three numbers or none.
struct GivenValue {
  domain::ValueLine line = domain::ValueLine::adult_culture;
  std::optional<std::int64_t> low = {};
  std::optional<std::int64_t> base = {};
  std::optional<std::int64_t> high = {};
  std::string source = {};
  std::string note = {};
};
struct GivenValues {
  int year = 0;
  std::optional<AreaId> area = {};  // none: the caller's whole scope
  std::vector<GivenValue> lines;    // in any order, each once; what is left out is empty
};
inline constexpr std::size_t longest_value_text = 200;  // code points of a source or a note

// All lines in their order. Faults at /rows/<line>/low, base, high, source and note.
Result<std::vector<domain::ValueRow>> settle_values(std::vector<GivenValue> const& lines);

// Faults as those of settle_values and reports::valued_uses.
Result<tables::ValueSet> save_value_set(ledger::WriteTx& tx, GivenValues const& given,
                                        domain::Caller const& caller, Day today);

// A saved set that the caller may read: an area coordinator those of the own area. not_found.
Result<tables::ValueSet> read_value_set(ledger::ReadTx& tx, std::int64_t id,
                                        domain::Caller const& caller);
// With the figures of the run that it was saved for.
Result<reports::ValueReport> value_report_of(ledger::ReadTx& tx, tables::ValueSet const& set,
                                             domain::Caller const& caller, Day today);

// Where a new set begins: all lines, those of tickets with what the area's events of the year cost
// where at least five of the sector have told it.
struct StartingValues {
  std::vector<domain::ValueRow> rows;
  std::array<std::int64_t, 4> events{};  // by sector, of those that are filled in; else 0
};
StartingValues starting_values(ledger::ReadTx& tx, std::optional<AreaId> const& area, int year);

}  // namespace kaiku::use_cases
