// What `verify` asks of the cells that published runs keep.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "server/ledger/transactions.hpp"

namespace kaiku::verify {

// The entry that a finding is about (0: of none), and what is wrong.
using TellOfEntry = std::function<void(std::int64_t, std::string const&)>;

// Each run's cells are as many as its entry says, show what it was hashed over, and say `<5` of
// nothing but 1–4; no cell is of no run. Runs are taken from the rebuild: what the ledger says, and
// not what a changed table does.
void check_published_runs(ledger::ReadTx& stored, ledger::ReadTx& rebuilt, TellOfEntry const& tell);

}  // namespace kaiku::verify
