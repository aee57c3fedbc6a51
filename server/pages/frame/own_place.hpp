// The frame of a page that coordinators and a venue's staff share.
#pragma once

#include <string>

#include "server/ledger/transactions.hpp"
#include "server/pages/frame/page.hpp"
#include "server/tables/network.hpp"

namespace kaiku::pages {

// The venue's name, and whether it is closed.
void put_place(Frame& frame, tables::Venue const& venue);
// With that of the venue for its staff.
Frame frame_at_place(access::Call const& call, ledger::ReadTx& tx, std::string here);
// Whether the caller is of the staff of a venue that is closed.
bool is_at_closed_place(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::pages
