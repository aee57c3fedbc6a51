// Row-for-row comparison of what a database holds with what a rebuild says it should hold.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/storage/sqlite.hpp"

namespace kaiku::storage {

using TellDifference = std::function<void(std::string const&)>;

// Tables, indexes and triggers that are missing, unknown or defined otherwise.
void compare_schemas(Connection& stored, Connection& rebuilt, TellDifference const& tell);
// Rows that are missing, too many or different in some column; names the key, never other contents.
void compare_tables(Connection& stored, Connection& rebuilt, std::string_view table,
                    TellDifference const& tell);

}  // namespace kaiku::storage
