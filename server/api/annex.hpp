// The wellbeing annex of a municipality for programs.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

// ?municipality= (its code), ?as_of=, ?lang=
Result<http::Response> get_annex(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
