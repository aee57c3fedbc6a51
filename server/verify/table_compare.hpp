// Row-for-row comparison of what a database holds with what a rebuild says it should hold.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/sql/sqlite.hpp"

namespace kaiku::verify {

using TellDifference = std::function<void(std::string const&)>;

// Tables, indexes and triggers that are missing, unknown or defined otherwise.
void compare_schemas(sql::Connection& stored, sql::Connection& rebuilt, TellDifference const& tell);
// Rows that are missing, too many or different in some column; names the key, never other contents.
void compare_tables(sql::Connection& stored, sql::Connection& rebuilt, std::string_view table,
                    TellDifference const& tell);

}  // namespace kaiku::verify
