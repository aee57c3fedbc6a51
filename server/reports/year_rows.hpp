// A year that was counted as of several runs, brought together by row: what each month was told
// as, and what came for it afterwards.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/domain/declared_cells.hpp"
#include "server/tables/beside_shares.hpp"
#include "server/tables/cohort_counts.hpp"
#include "server/tables/true_counts.hpp"

namespace kaiku::reports {

struct CountedYear {
  tables::NetworkYear network;
  tables::YearCounts now;
  // The first three quarters, each as of the run that closed it; none: still open.
  std::array<std::optional<tables::YearCounts>, 3> closed = {};
  // Who was registered in the year before, where a settlement tells of them.
  std::optional<std::vector<tables::AreaCohort>> cohort = {};
  // What venues and offices know of the tables of one level, where a settlement tells these.
  tables::BesideShares beside_shares = {};
};

struct PeriodCounts {
  tables::Months months{};  // those of a closed quarter as of its run
  std::int64_t late = 0;    // recorded for closed quarters since, less what was undone
  std::int64_t year() const;
  PeriodCounts& operator+=(PeriodCounts const& other);
};

// Adults or children by the cells of Table::uses_venue.
std::map<domain::CellKey, PeriodCounts> venue_rows(CountedYear const& year,
                                                   domain::Measure measure);
// The key of a venue's row, and what it counts.
domain::CellKey key_of(tables::VenueYear const& venue, domain::Measure measure);
tables::Months const& months_of(tables::VenueYear const& venue, domain::Measure measure);
std::int64_t sum_of(tables::Months const& months);

// Holders of one office and one home municipality.
struct HolderRow {
  OfficeId office;
  AreaId area;
  std::string home;
  AreaId home_area;
  auto operator<=>(HolderRow const&) const = default;
};
struct HolderCounts {
  PeriodCounts registered;
  std::int64_t taken = 0;
  std::int64_t earlier_years = 0;
};
std::map<HolderRow, HolderCounts> holder_rows(CountedYear const& year);

// Of venues and offices, whether or not anything happened there.
std::set<AreaId> areas_of(CountedYear const& year);

}  // namespace kaiku::reports
