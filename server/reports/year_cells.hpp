// The exact counts of all cells that a year declares, as linked sets. Nothing is withheld here, and
// nothing is decided.
#pragma once

#include <map>
#include <vector>

#include "server/reports/year_rows.hpp"

namespace kaiku::reports {

// What the parts and wholes of tables of one level count, as CellKey::label says it.
namespace labels {
inline constexpr char assistants[] = "assistants";  // Table::beside
inline constexpr char interpreters[] = "interpreters";
inline constexpr char companions[] = "companions";
inline constexpr char cards[] = "cards";  // Table::community
inline constexpr char uses[] = "uses";
inline constexpr char undone[] = "undone";  // Table::judged
inline constexpr char late_percent[] = "late_percent";
inline constexpr char home_not_known[] = "unknown";        // Table::flows; others are home areas
inline constexpr char cohort_registered[] = "registered";  // Table::cohort
inline constexpr char used_30[] = "used_30";               // within 30 days of the registration
inline constexpr char used_90[] = "used_90";
inline constexpr char used_365[] = "used_365";
}  // namespace labels

// What earlier runs told of the year.
using ToldCounts = std::map<domain::CellKey, std::int64_t>;

// Each with its shares, none published yet: adults, children, cards, cards of earlier years, then
// the sets of one level: of each label, and last the flows into each area, whose whole is the
// area's adults. Areas, sectors and municipalities without anything have their rows of zeros.
// Months and quarters stand as they were told, whatever is counted for them now.
std::vector<domain::DeclaredSet> sets_of(CountedYear const& year, ToldCounts const& told = {});

}  // namespace kaiku::reports
