#include "server/sql/cursor.hpp"

#include <sqlite3.h>

namespace kaiku::sql {

void Cursor::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Cursor::Cursor(Connection& connection, std::string const& sql) : connection_(connection) {
  sqlite3_stmt* handle = nullptr;
  int const result = sqlite3_prepare_v2(connection.native(), sql.c_str(), -1, &handle, nullptr);
  statement_.reset(handle);
  if (result != SQLITE_OK) fail(result);
  next();
}

void Cursor::next() {
  int const result = sqlite3_step(statement_.get());
  has_row_ = result == SQLITE_ROW;
  if (!has_row_ && result != SQLITE_DONE) fail(result);
}

int Cursor::columns() const { return sqlite3_column_count(statement_.get()); }

char const* Cursor::name(int column) const { return sqlite3_column_name(statement_.get(), column); }

CellKind Cursor::kind(int column) const {
  switch (sqlite3_column_type(statement_.get(), column)) {
    case SQLITE_NULL: return CellKind::null;
    case SQLITE_INTEGER: return CellKind::integer;
    case SQLITE_FLOAT: return CellKind::real;
    case SQLITE_TEXT: return CellKind::text;
    default: return CellKind::blob;
  }
}

std::int64_t Cursor::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

ByteView Cursor::bytes(int column) const {
  auto const* start =
      static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_.get(), column));
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Cursor::fail(int result) const {
  throw StorageError(result, sqlite3_errmsg(connection_.native()));
}

}  // namespace kaiku::sql
