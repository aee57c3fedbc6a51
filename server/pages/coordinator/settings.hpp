// What the statements say of this installation, as its administrator keeps it: one form for what is
// the same in all languages, one for each language.
#pragma once

#include "server/access/call/route.hpp"

namespace kaiku::pages {

// GET /settings: what is missing, and where it is told.
Result<http::Response> get_settings(access::Call const& call, ledger::ReadTx& tx);
// /settings/{part}: common, fi, sv or en.
Result<http::Response> get_settings_part(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_settings_part(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
