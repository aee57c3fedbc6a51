// What an office or a venue commits itself to: read and accepted before its people begin.
#pragma once

#include <optional>
#include <string>

#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::pages {

inline constexpr std::string_view commitment_path = "/commitment";

// Where somebody begins who has just come in: at the commitment while the own place has not
// accepted it, else where the role begins (home_of).
std::string first_page(ledger::ReadTx& tx, domain::Caller const& caller);

// Where a form that gives cards leads instead while the own office has not accepted it. `is_begun`:
// what lies in the address was begun before, and is finished first.
std::optional<http::Response> commitment_first(ledger::ReadTx& tx, domain::Caller const& caller,
                                               bool is_begun);

// GET and POST /commitment: the text; accepted, the way on.
Result<http::Response> get_commitment(access::Call const& call, ledger::ReadTx& tx);
Result<http::Response> post_commitment(access::Call& call, ledger::WriteTx& tx);

}  // namespace kaiku::pages
