// Rows of a statement whose text is made at run time, and whose columns nobody knows beforehand.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "schema/values/bytes.hpp"
#include "server/sql/sqlite.hpp"

namespace kaiku::sql {

// In the order by which SQLite sorts them.
enum class CellKind { null, integer, real, text, blob };

// Stands on the first row at once. The text need not outlive it: the connection's cache, which
// keeps statements by the address of their text, does not see it. It does not outlive its
// connection. Throws StorageError.
class Cursor {
 public:
  Cursor(Connection& connection, std::string const& sql);
  bool has_row() const { return has_row_; }
  void next();
  int columns() const;
  char const* name(int column) const;
  CellKind kind(int column) const;
  std::int64_t integer(int column) const;
  ByteView bytes(int column) const;  // of a text or blob; valid until the next row

 private:
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };
  [[noreturn]] void fail(int result) const;
  Connection& connection_;
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
  bool has_row_ = false;
};

}  // namespace kaiku::sql
