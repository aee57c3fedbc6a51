// The kiosk's own SQLite file: small typed doors, durable by construction.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "schema/values/bytes.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace kaiku::kiosk {

// The device's disk or database failed: nobody's request is at fault, and nothing is acknowledged.
class StorageFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// One prepared statement; parameters are numbered from 1, columns from 0.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);
  ~Statement();
  Statement(Statement const&) = delete;
  Statement& operator=(Statement const&) = delete;

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, ByteView blob);
  // True while there is a row. Throws StorageFailure.
  bool step();
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  // The same without a copy, until the next step.
  ByteView blob_view(int column) const;
  bool is_null(int column) const;

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

// A connection to D/kiosk.db: WAL, synchronous=FULL (asserted), secure_delete.
// One thread at a time.
class Database {
 public:
  enum class Mode { read_write, read_only };
  // Makes the tables in a new file and brings those of an older program up to date; refuses a file
  // of a newer one. Throws StorageFailure.
  Database(std::string const& path, Mode mode);
  ~Database();
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;

  void execute(char const* sql);
  Statement prepare(std::string_view sql) { return Statement(handle_, sql); }

 private:
  void set_up(Mode mode);
  sqlite3* handle_ = nullptr;
};

// Takes the write lock at once; rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(Transaction const&) = delete;
  Transaction& operator=(Transaction const&) = delete;
  // Durable on return.
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace kaiku::kiosk
