// Where a list goes on: opaque to clients, good for the list that gave it and for no other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/access/call/call.hpp"

namespace kaiku::api {

// The cursor after the row `last_id` of the call's list, which its path names.
std::string cursor_after(access::Call const& call, std::int64_t last_id);
// The row after which the list goes on; nullopt for a text that this server did not make, or made
// for another list.
std::optional<std::int64_t> row_before(access::Call const& call, std::string_view cursor);

}  // namespace kaiku::api
