#include "server/sql/sqlite.hpp"

#include <sqlite3.h>

#include <cassert>
#include <deque>
#include <filesystem>
#include <limits>
#include <mutex>

namespace kaiku::sql {
namespace {

constexpr int busy_timeout_ms = 5000;

// SQLite's own words name tables and columns, never values.
[[noreturn]] void throw_storage(sqlite3* handle, char const* doing) {
  int const code = sqlite3_extended_errcode(handle);
  throw StorageError(code, std::string("SQLite, ") + doing + ": " + sqlite3_errmsg(handle) + " (" +
                               std::to_string(code) + ")");
}

// Memory statistics take a process-wide mutex at every allocation; nobody reads them.
void initialise_once() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
  });
}

void set_option(sqlite3* handle, int option, int value) {
  if (sqlite3_db_config(handle, option, value, nullptr) != SQLITE_OK) {
    throw_storage(handle, "setting a connection option");
  }
}

}  // namespace

StorageError StorageError::damaged(std::string const& what) { return {SQLITE_ERROR, what}; }

StorageFault StorageError::fault() const {
  int const primary = code_ & 0xff;
  if (code_ == SQLITE_CONSTRAINT_UNIQUE || code_ == SQLITE_CONSTRAINT_PRIMARYKEY ||
      code_ == SQLITE_CONSTRAINT_ROWID) {
    return StorageFault::conflict;
  }
  if (primary == SQLITE_CONSTRAINT) return StorageFault::broken_rule;
  if (primary == SQLITE_FULL || code_ == SQLITE_IOERR_SHMSIZE) return StorageFault::full;
  if (primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ||
      code_ == SQLITE_READONLY_DBMOVED) {
    return StorageFault::fatal;
  }
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) return StorageFault::unavailable;
  return StorageFault::other;
}

Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      busy_(std::exchange(other.busy_, nullptr)),
      done_(other.done_) {}

Statement::~Statement() {
  if (handle_ == nullptr) return;
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);  // bound without a copy: nothing may stay behind
  *busy_ = false;
}

Statement& Statement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(handle_, index, value) != SQLITE_OK) {
    throw_storage(sqlite3_db_handle(handle_), "binding an integer");
  }
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  char const* const start = text.data() == nullptr ? "" : text.data();
  if (sqlite3_bind_text64(handle_, index, start, text.size(), SQLITE_STATIC, SQLITE_UTF8) !=
      SQLITE_OK) {
    throw_storage(sqlite3_db_handle(handle_), "binding a text");
  }
  return *this;
}

Statement& Statement::bind(int index, ByteView blob) {
  void const* const start = blob.data() == nullptr ? static_cast<void const*>("") : blob.data();
  if (sqlite3_bind_blob64(handle_, index, start, blob.size(), SQLITE_STATIC) != SQLITE_OK) {
    throw_storage(sqlite3_db_handle(handle_), "binding a blob");
  }
  return *this;
}

Statement& Statement::bind(int index, std::nullptr_t) {
  if (sqlite3_bind_null(handle_, index) != SQLITE_OK) {
    throw_storage(sqlite3_db_handle(handle_), "binding a null");
  }
  return *this;
}

bool Statement::step() {
  if (done_) return false;  // SQLite would start the statement anew
  int const result = sqlite3_step(handle_);
  if (result == SQLITE_ROW) return true;
  done_ = true;
  if (result != SQLITE_DONE) throw_storage(sqlite3_db_handle(handle_), "running a statement");
  return false;
}

void Statement::run() {
  if (step()) throw std::logic_error("a statement that should give no row gave one");
}

std::int64_t Statement::changes() const { return sqlite3_changes64(sqlite3_db_handle(handle_)); }

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

int Statement::small(int column) const {
  std::int64_t const value = integer(column);
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
    throw std::runtime_error("stored integer is out of range");
  }
  return static_cast<int>(value);
}

std::string_view Statement::text(int column) const {
  auto const* const start = sqlite3_column_text(handle_, column);
  auto const size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
  return start == nullptr ? std::string_view()
                          : std::string_view(reinterpret_cast<char const*>(start), size);
}

ByteView Statement::blob(int column) const {
  auto const* const start = static_cast<std::uint8_t const*>(sqlite3_column_blob(handle_, column));
  auto const size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
  return start == nullptr ? ByteView() : ByteView(start, size);
}

std::optional<std::int64_t> Statement::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

// The handles of one SQL text: the first, and further ones made for nested use. A deque, so that
// the flags that statements point at stay where they are.
struct Connection::Cached {
  struct Handle {
    sqlite3_stmt* statement = nullptr;
    bool busy = false;
  };
  std::size_t length = 0;
  std::deque<Handle> handles;

  ~Cached() {
    for (Handle const& handle : handles) sqlite3_finalize(handle.statement);
  }
};

Connection::Connection(std::string const& file, OpenMode mode) {
  initialise_once();
  bool const in_memory = mode == OpenMode::memory;
  int const access = mode == OpenMode::read_only ? SQLITE_OPEN_READONLY
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  int const result = sqlite3_open_v2(in_memory ? ":memory:" : file.c_str(), &handle_,
                                     access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  try {
    if (result != SQLITE_OK) throw_storage(handle_, "opening the database");
    configure(mode);
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

void Connection::configure(OpenMode mode) {
  sqlite3_busy_timeout(handle_, busy_timeout_ms);
  set_option(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1);
  set_option(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
  set_option(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, 1);
  execute("PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON");
  if (mode == OpenMode::read_only) {
    execute("PRAGMA query_only = ON; PRAGMA cache_size = -16384");
    return;
  }
  if (mode == OpenMode::memory) {
    execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -65536");
    return;
  }
  // For commands and the kiosk; the writer's lane switches it off and checkpoints from elsewhere.
  execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; "
      "PRAGMA wal_autocheckpoint = 10000");
  execute("PRAGMA journal_size_limit = " + std::to_string(wal_size_limit));
  require_pragma("PRAGMA journal_mode", "wal");
  require_pragma("PRAGMA synchronous", "2");
  require_pragma("PRAGMA foreign_keys", "1");
  require_pragma("PRAGMA secure_delete", "1");
}

// What was set is read back: SQLite takes a pragma that it cannot honour without an error.
void Connection::require_pragma(char const* pragma, std::string_view value) {
  Statement statement = prepare(pragma);
  if (!statement.step() || statement.text(0) != value) {
    throw StorageError(SQLITE_ERROR, std::string(pragma) + " is not " + std::string(value));
  }
}

Connection::~Connection() {
  cache_.clear();
  int const result = sqlite3_close(handle_);
  assert(result == SQLITE_OK && "a statement outlived its connection");
  static_cast<void>(result);
}

Statement Connection::prepare(std::string_view sql) {
  std::unique_ptr<Cached>& cached = cache_[sql.data()];
  if (cached == nullptr) {
    cached = std::make_unique<Cached>();
    cached->length = sql.size();
  }
  assert(cached->length == sql.size() && "SQL text without static storage");
  for (Cached::Handle& handle : cached->handles) {
    if (!handle.busy) {
      handle.busy = true;
      return Statement(handle.statement, &handle.busy);
    }
  }
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    throw_storage(handle_, "preparing a statement");
  }
  Cached::Handle& handle = cached->handles.emplace_back();
  handle.statement = statement;
  handle.busy = true;
  return Statement(statement, &handle.busy);
}

void Connection::execute(std::string const& script) {
  if (sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw_storage(handle_, "running a script");
  }
}

bool Connection::autocommit() const { return sqlite3_get_autocommit(handle_) != 0; }

std::int64_t Connection::total_changes() const { return sqlite3_total_changes64(handle_); }

std::int64_t Connection::data_version() {
  Statement row = prepare("PRAGMA data_version");
  row.step();
  return row.integer(0);
}

void Connection::take_over_wal(int& pages) {
  execute("PRAGMA wal_autocheckpoint = 0");
  sqlite3_wal_hook(
      handle_,
      [](void* length, sqlite3*, char const*, int in_wal) {
        *static_cast<int*>(length) = in_wal;
        return SQLITE_OK;
      },
      &pages);
}

Connection::WalCopied Connection::copy_wal(WalCopy how) {
  int const mode = how == WalCopy::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  WalCopied copied;
  int const result = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, &copied.pages, nullptr);
  if (result != SQLITE_OK) {
    throw StorageError(result, "copying the WAL: " + std::string(sqlite3_errstr(result)));
  }
  return copied;
}

void Connection::sync_database() {
  sqlite3_file* file = nullptr;
  int const found = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (found != SQLITE_OK || file == nullptr || file->pMethods == nullptr) {
    throw StorageError(found == SQLITE_OK ? SQLITE_ERROR : found,
                       "syncing the database: it is no file");
  }
  int const result = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  if (result != SQLITE_OK) {
    throw StorageError(result, "syncing the database: " + std::string(sqlite3_errstr(result)));
  }
}

// Without a writable folder or a -shm file a read-only WAL database may not open; then the handle
// is opened for writing and told to write nothing.
std::unique_ptr<Connection> open_without_changing(std::string const& file) {
  if (!std::filesystem::exists(file)) throw std::runtime_error("there is no database " + file);
  try {
    auto connection = std::make_unique<Connection>(file, OpenMode::read_only);
    connection->execute("BEGIN; SELECT COUNT(*) FROM sqlite_schema");
    return connection;
  } catch (StorageError const& fault) {
    if ((fault.code() & 0xff) != SQLITE_CANTOPEN) throw;
  }
  auto connection = std::make_unique<Connection>(file, OpenMode::read_write);
  set_option(connection->native(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
  connection->execute("PRAGMA query_only = ON; BEGIN; SELECT COUNT(*) FROM sqlite_schema");
  return connection;
}

}  // namespace kaiku::sql
