// Random networks as the ledger counts them for runs of reports, quarter by quarter.
#pragma once

#include <random>

#include "server/reports/year_rows.hpp"
#include "tests/property/disclosure_networks.hpp"

namespace kaiku::property {

// In the place of a quarter's number: all of the year is recorded, late records among it.
inline constexpr int settled = 4;

struct Network {
  TrueYear adults;  // and cards
  TrueYear children;
  tables::YearCounts others;  // what only a settlement tells
};
// Of at most three areas.
NetworkSize small_size(std::mt19937_64& random);
Network network_of(NetworkSize const& size, std::mt19937_64& random);
// The same a year on.
Network network_after(Network const& before, NetworkSize const& size, std::mt19937_64& random);

// As the run of this quarter, or the settlement, counts it: earlier quarters as their runs did.
reports::CountedYear counted_at(Network const& network, int quarter);

}  // namespace kaiku::property
