// Acts that a session alone is too little for (stock, sheets, keys) ask for the one-time code
// again: in a field of their own form, good for the acts of the next ten minutes in the same
// session.
#pragma once

#include <cstdint>
#include <string_view>

#include "schema/values/result.hpp"
#include "server/access/call/call.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::access {

inline constexpr std::int64_t fresh_code_us = 10 * minute_us;

// Whether this session needs no code now.
bool has_fresh_code(Call const& call, ledger::ReadTx& tx);
// Whether it needs none, or this code is the one shown now; counts nothing and uses nothing up: for
// work that is prepared before `take_fresh_code`.
bool would_take_code(Call const& call, ledger::ReadTx& tx, std::string_view typed);
// Uses the code up and keeps the session fresh. Field faults at /one_time_code: `required`,
// `wrong_code`; code_already_used; too_many_requests after ten misses of the account in an hour. An
// account without a second factor has no code to give: forbidden.
Result<void> take_fresh_code(Call const& call, ledger::WriteTx& tx, std::string_view typed);

}  // namespace kaiku::access
