// How much of its journal a door device may bring in on one day of Helsinki, so that a stolen one
// fills neither the ledger nor the disk.
#pragma once

#include <cstdint>

namespace kaiku::domain {

// A busy pool makes some 800 entries a day; a kiosk that was away for a week brings them in two.
struct JournalBudget {
  std::int64_t entries = 5'000;
  std::int64_t bytes = 8 * 1024 * 1024;
};

}  // namespace kaiku::domain
