// The municipality that a card counts for.
#pragma once

#include <optional>
#include <string>

#include "schema/values/result.hpp"
#include "server/tables/network.hpp"

namespace kaiku::use_cases {

struct Home {
  std::optional<std::string> postcode;  // nullopt: an office's own card, which lives nowhere
  std::optional<std::string> chosen;    // where the postcode leaves a choice
};
// It follows from the postcode by the imported table; of several it is the chosen one, else the
// office's. Without a postcode or a table it is the chosen one, else the office's. It has to lie in
// the network. Faults at /postcode (unknown, outside the network) and /municipality (not of the
// postcode, or one has to be chosen).
Result<std::string> home_municipality(ledger::ReadTx& tx, Home const& home,
                                      tables::Office const& office);

}  // namespace kaiku::use_cases
