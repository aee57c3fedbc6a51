# Writes a C++ file with the texts of the numbered migrations, so that the binary needs no other
# file:
#   cmake -D SQL_FOLDER=schema/sql -D OUTPUT=embedded_migrations.cpp -P schema/embed_sql.cmake
cmake_policy(VERSION 3.25)
file(GLOB sql_files ${SQL_FOLDER}/*.sql)
list(SORT sql_files)
set(rows "")
foreach(sql_file IN LISTS sql_files)
  get_filename_component(stem "${sql_file}" NAME_WE)
  if(NOT stem MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
    message(FATAL_ERROR "a migration is named NNNN_name.sql, not ${stem}.sql")
  endif()
  math(EXPR number "1${CMAKE_MATCH_1} - 10000")
  set(name "${CMAKE_MATCH_2}")
  file(READ "${sql_file}" sql)
  if(sql MATCHES "\\)sql\"")
    message(FATAL_ERROR "${stem}.sql holds the end mark of its C++ literal")
  endif()
  string(APPEND rows "    {${number}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT [[
// Generated from schema/sql by schema/embed_sql.cmake.
#include <iterator>

#include "server/sql/migrations.hpp"

namespace kaiku::sql {
namespace {

constexpr Migration migrations[] = {
@rows@};

}  // namespace

std::span<Migration const> embedded_migrations() { return migrations; }

}  // namespace kaiku::sql
]])
# An unchanged text leaves the old time behind, and the build would run this again.
file(TOUCH "${OUTPUT}")
