// The way from an empty installation to its first card, as whoever keeps the network is led: read
// from what is there, but for two answers of people.
#pragma once

#include <optional>
#include <vector>

#include "server/access/call/call.hpp"
#include "server/ledger/transactions.hpp"
#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/coordinator/start_view.hpp"

namespace kaiku::pages {

struct FirstRun {
  std::vector<StartStep> steps;
  bool is_done = false;    // what is voluntary holds nobody up
  bool is_hidden = false;  // for the caller
};
// `area`: nullopt while there is none; every step then waits for the first area.
FirstRun first_run_of(access::Call const& call, ledger::ReadTx& tx, Language language,
                      std::optional<AreaId> const& area);

// "Seuraava vaihe: Toimipiste", for the result of a step; nullopt where the caller can take none,
// or wants no list.
std::optional<Link> next_step(access::Call const& call, ledger::ReadTx& tx, Language language,
                              std::optional<AreaId> const& area);
// The same before the other links of a result.
void put_next_step(std::vector<Link>& next, access::Call const& call, ledger::ReadTx& tx,
                   Language language, std::optional<AreaId> const& area);

}  // namespace kaiku::pages
