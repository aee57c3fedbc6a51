// Offices by JSON: list, one, made, changed (PATCH needs If-Match).
#pragma once

#include "schema/codec/json_fields.hpp"
#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"
#include "server/ledger/network_entries.hpp"
#include "server/tables/network.hpp"

namespace kaiku::api {

Result<http::Response> get_offices(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> get_office(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_office(access::Call& call, ledger::WriteTx& tx);
Result<http::Response> patch_office(access::Call& call, ledger::WriteTx& tx);

// What a request for a new office says, here and on its page; faults stand at the members.
ledger::OfficeSet read_new_office(codec::JsonFields& fields);
// The members that stand replace those of `entry`.
void read_office(codec::JsonFields& fields, ledger::OfficeSet& entry);

// The office of the path, as the caller may see it; else not_found.
Result<tables::Office> named_office(access::Call const& call, ledger::ReadTx& tx);

}  // namespace kaiku::api
