// Where every page of a worker begins: the own office, and what waits there.
#pragma once

#include <string>

#include "server/pages/frame/page.hpp"
#include "server/tables/network.hpp"

namespace kaiku::pages {

struct WorkerPlace {
  tables::Office office;
  Frame frame;
};
// Problem::forbidden for whoever works at no office.
Result<WorkerPlace> worker_place(access::Call const& call, ledger::ReadTx& tx, std::string here);

}  // namespace kaiku::pages
