#include "server/use_cases/home_municipality.hpp"

#include <algorithm>

namespace kaiku::use_cases {
namespace {

Result<std::string> stated_municipality(ledger::ReadTx& tx, Home const& home,
                                        tables::Office const& office) {
  if (!home.postcode || !tables::has_postcode_table(tx)) {
    return home.chosen.value_or(office.municipality);
  }
  auto const candidates = tables::municipalities_of_postcode(tx, *home.postcode);
  auto const among = [&](std::string const& code) {
    return std::find(candidates.begin(), candidates.end(), code) != candidates.end();
  };
  if (candidates.empty()) return field_error("/postcode", FaultCode::unknown_postcode);
  if (home.chosen) {
    if (among(*home.chosen)) return *home.chosen;
    return field_error("/municipality", FaultCode::not_of_postcode);
  }
  if (candidates.size() == 1) return candidates.front();
  if (among(office.municipality)) return office.municipality;
  return field_error("/municipality", FaultCode::choose_municipality);
}

}  // namespace

Result<std::string> home_municipality(ledger::ReadTx& tx, Home const& home,
                                      tables::Office const& office) {
  auto municipality = stated_municipality(tx, home, office);
  if (municipality && !tables::area_of_municipality(tx, *municipality)) {
    return field_error(home.chosen ? "/municipality" : "/postcode", FaultCode::outside_network);
  }
  return municipality;
}

}  // namespace kaiku::use_cases
