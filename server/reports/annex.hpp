// The wellbeing annex of a municipality: what its council is told of up to four settled years.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/policy.hpp"
#include "server/reports/annual.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::reports {

struct AnnexYear {
  int year = 0;
  AsOf as_of;  // the newest run about it
  // Cards of those who lived there, and how many lived there on 31 December.
  Figure registered, taken;
  std::optional<std::int64_t> people;
  // Uses at its venues; by sector: sums of the venues that are shown.
  Figure adults, children;
  std::array<Figure, 4> by_sector;  // by contract::Sector
  struct Rate {
    Figure taken, registered;
  };
  Rate area, network;  // beside the municipality's own
};
struct AnnexReport {
  domain::Municipality municipality;
  std::string area_name;         // in the language of whoever asked
  std::vector<AnnexYear> years;  // the oldest first
};

struct AnnexQuestion {
  std::string municipality;               // its code
  std::optional<std::string> as_of = {};  // as in AnnualQuestion
};
inline constexpr std::size_t most_annex_years = 4;

// National roles: of any municipality of the network. Area coordinators: of their own area's.
// Problem::forbidden for others; a fault at /municipality for a code that is none of the network's;
// not_found with detail "not-published-yet" before any year is settled.
Result<AnnexReport> draw_annex(ledger::ReadTx& tx, AnnexQuestion const& question,
                               domain::Caller const& caller, Day today);

ReportDocument annex_document(contract::Language language, AnnexReport const& report);

// Per 1,000 inhabitants, half up to one decimal; nullopt where either is not known.
std::optional<double> per_thousand(Figure const& count, std::optional<std::int64_t> people);

}  // namespace kaiku::reports
