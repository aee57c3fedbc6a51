#include "server/pages/worker/worker_place.hpp"

#include "server/tables/handovers.hpp"

namespace kaiku::pages {

Result<WorkerPlace> worker_place(access::Call const& call, ledger::ReadTx& tx, std::string here) {
  if (!call.caller().office) return Error(Problem::forbidden);
  auto office = tables::find_office(tx, *call.caller().office);
  if (!office) return Error(Problem::forbidden);
  WorkerPlace place{*std::move(office), frame_of(call, std::move(here))};
  place.frame.place = place.office.name;
  place.frame.waiting = tables::count_waiting_handovers(tx, place.office.id);
  return place;
}

}  // namespace kaiku::pages
