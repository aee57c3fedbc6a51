// The hand-over that an address names.
#pragma once

#include <algorithm>

#include "server/access/call/call.hpp"
#include "server/ledger/ref.hpp"

namespace kaiku::pages {

// The first parameter of the route; Problem::not_found for what cannot be one.
inline Result<ledger::Ref> handover_id_of(access::Call const& call) {
  auto const bytes = from_hex(call.parameter(0));
  ledger::Ref id{};
  if (!bytes || bytes->size() != id.size()) return Error(Problem::not_found);
  std::ranges::copy(*bytes, id.begin());
  return id;
}

}  // namespace kaiku::pages
