// The frame of a page that coordinators and a venue's staff share.
#pragma once

#include <string>

#include "server/ledger/transactions.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// With the venue's name for its staff.
Frame frame_at_place(access::Call const& call, ledger::ReadTx& tx, std::string here);

}  // namespace kaiku::pages
