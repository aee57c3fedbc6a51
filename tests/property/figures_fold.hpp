// What a year's figures are by its ledger alone: entry after entry, without a row of a table.
#pragma once

#include <string>
#include <vector>

#include "server/ledger/ledger.hpp"
#include "server/tables/true_counts.hpp"

namespace kaiku::property {

// `entries`: all there are, also those after `as_of`, for an undone registration never counted.
tables::YearCounts fold_year(std::vector<ledger::Recorded> const& entries, int year,
                             std::int64_t as_of);
tables::NetworkYear fold_network(std::vector<ledger::Recorded> const& entries, int year,
                                 std::int64_t as_of);

// A line a row, for a person who reads a difference.
std::string text_of(tables::YearCounts const& counts);
std::string text_of(tables::NetworkYear const& network);

}  // namespace kaiku::property
