// SQLite behind typed doors: a connection, cached statements with numbered parameters, errors
// thrown.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "schema/values/bytes.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace kaiku::sql {

// What a storage error means to those who go on from it; SQLite's own codes stay in this room.
enum class StorageFault {
  conflict,     // UNIQUE, PRIMARY KEY: such a row is there already
  broken_rule,  // CHECK, NOT NULL, foreign key, trigger: a bug of ours that the schema stopped
  full,         // the disk: answer 503 and go on
  fatal,        // I/O, corrupt, failed fsync: stop acknowledging
  unavailable,  // locked or busy for too long: answer 503 and try again
  other,        // a bug of ours, or a row that does not open
};

// A machine's fault (disk full, I/O, corrupt): never the caller's. `code` is SQLite's extended
// code, for the log.
class StorageError : public std::runtime_error {
 public:
  StorageError(int code, std::string const& what) : std::runtime_error(what), code_(code) {}
  // A stored row that cannot be what was once written; of this row alone.
  static StorageError damaged(std::string const& what);
  int code() const { return code_; }
  StorageFault fault() const;
  bool is_conflict() const { return fault() == StorageFault::conflict; }
  bool is_fatal() const { return fault() == StorageFault::fatal; }

 private:
  int code_;
};

// One execution of a cached statement; resets it when it goes out of scope. Use on its lane only.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* handle, bool* busy) : handle_(handle), busy_(busy) {}
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Binding, ?1 first. Text and blobs are bound without a copy: they must outlive the execution.
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, char const* text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, ByteView blob);
  Statement& bind(int index, std::nullptr_t);
  Statement& bind(int index, Instant at) { return bind(index, at.us); }
  Statement& bind(int index, Day day) { return bind(index, std::int64_t{day.value}); }
  Statement& bind(int index, AreaId const& area) {
    return bind(index, std::string_view(area.value));
  }
  template <class Tag>
  Statement& bind(int index, Id<Tag> id) {
    return bind(index, id.value);
  }
  template <class T>
  Statement& bind(int index, std::optional<T> const& value) {
    return value ? bind(index, *value) : bind(index, nullptr);
  }
  // Binds all arguments from ?1 on.
  template <class... Values>
  Statement& with(Values const&... values) {
    int index = 0;
    (bind(++index, as_bindable(values)), ...);
    return *this;
  }

  bool step();  // true: a row is there
  void run();   // for statements without rows; throws when a row comes
  std::int64_t changes() const;

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  int small(int column) const;              // an integer known to fit an int
  std::string_view text(int column) const;  // valid until the next step
  ByteView blob(int column) const;          // valid until the next step
  std::optional<std::int64_t> maybe_integer(int column) const;
  template <class I>
  I id(int column) const {
    return I{integer(column)};
  }
  template <std::size_t N>
  ByteArray<N> fixed(int column) const {
    auto const view = blob(column);
    if (view.size() != N) throw std::runtime_error("stored blob has another length");
    ByteArray<N> out;
    std::copy(view.begin(), view.end(), out.begin());
    return out;
  }

 private:
  template <class T>
  static decltype(auto) as_bindable(T const& value) {
    if constexpr (std::is_same_v<T, bool>)
      return static_cast<std::int64_t>(value);
    else if constexpr (std::is_integral_v<T>)
      return static_cast<std::int64_t>(value);
    else if constexpr (std::is_enum_v<T>)
      return static_cast<std::int64_t>(value);
    else if constexpr (std::is_same_v<T, std::string>)
      return std::string_view(value);
    else if constexpr (std::is_same_v<T, std::optional<int>>)
      return value ? std::optional<std::int64_t>(*value) : std::optional<std::int64_t>();
    else if constexpr (std::is_same_v<T, Bytes>)
      return ByteView(value);
    else if constexpr (std::is_convertible_v<T, ByteView> &&
                       !std::is_convertible_v<T, std::string_view>)
      return ByteView(value);
    else
      return (value);
  }
  sqlite3_stmt* handle_;
  bool* busy_;
  bool done_ = false;
};

enum class OpenMode { read_write, read_only, memory };

// How much of the WAL goes into the database: what no reader needs any more, or all of it and the
// file cut to nothing.
enum class WalCopy { passive, truncate };

// A WAL of so many pages is copied to its end and begins anew. SQLite cuts a longer file to
// journal_size_limit at the first commit after that, in the writer's thread: a limit below the
// length at which it begins anew costs an ftruncate of tens of milliseconds each time, so the limit
// leaves room for what a busy writer and a long reader add.
inline constexpr int wal_restart_pages = 40'000;
inline constexpr std::int64_t wal_page_bytes = 4096 + 24;
inline constexpr std::int64_t wal_size_limit = 2 * wal_restart_pages * wal_page_bytes;

// One handle on one lane. Opens with WAL, synchronous=FULL (asserted by reading it back), foreign
// keys on, secure_delete on, trusted_schema off, defensive on, mmap off, a busy time-out of 5 s.
class Connection {
 public:
  Connection(std::string const& file, OpenMode mode);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  // `sql` must have static storage: its address is the cache's key. A nested use of a statement
  // that is still running gets a second handle.
  Statement prepare(std::string_view sql);
  void execute(std::string const& script);  // several statements, no parameters
  bool autocommit() const;
  // Rows that were inserted, updated or deleted by statements of this connection so far, also those
  // taken back since; a statement that failed counts none.
  std::int64_t total_changes() const;
  // Changes when another connection has written, and only then.
  std::int64_t data_version();
  // Nobody but the caller copies the WAL from now on; `pages` is set to its length at each commit
  // and has to outlive the connection.
  void take_over_wal(int& pages);
  struct WalCopied {
    int pages = 0;  // in the WAL
  };
  // Throws StorageError; a passive copy that readers hold back is none.
  WalCopied copy_wal(WalCopy how);
  // Waits until the disk holds the database file's pages. SQLite does so by itself only when it has
  // copied a WAL to its very end. Through SQLite's own descriptor: closing another one on the file
  // would drop every lock that this process holds on it. Throws StorageError, also without a file.
  void sync_database();
  sqlite3* native() const { return handle_; }

 private:
  struct Cached;
  void configure(OpenMode mode);
  void require_pragma(char const* pragma, std::string_view value);
  sqlite3* handle_ = nullptr;
  std::unordered_map<void const*, std::unique_ptr<Cached>> cache_;
};

// Opens a database, which has to be there, to look at one moment of it: a transaction is open, and
// neither the file nor its WAL is changed. Throws StorageError, std::runtime_error without a file.
std::unique_ptr<Connection> open_without_changing(std::string const& file);

}  // namespace kaiku::sql
