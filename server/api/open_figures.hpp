// Open figures: published numbers for anybody, as JSON and as CSV.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

// ?year= (the newest when absent), ?table= (all of them)
Result<http::Response> get_open_stats(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_open_stats_csv(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
