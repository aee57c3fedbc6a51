#include "kiosk/device/database.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>

namespace kaiku::kiosk {

namespace {

constexpr std::int64_t schema_version = 3;
constexpr int busy_timeout_ms = 5'000;
constexpr int small_cache_kib = -512;

// Version 1. `told`: the server has heard of this entry. `signed` may be dropped once it is
// acknowledged; the row with its hash stays, so that the chain goes on.
constexpr char const* first_tables = R"sql(
  CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
    of_sequence INTEGER CHECK (of_sequence < sequence),
    told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    signed BLOB
  ) STRICT;
  CREATE INDEX journal_by_of ON journal (of_sequence);
  CREATE INDEX journal_untold ON journal (sequence) WHERE told = 0;
  CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
    BEGIN SELECT raise(ABORT, 'a journal entry is never deleted'); END;
  CREATE TRIGGER journal_keeps_words BEFORE UPDATE OF sequence, kind, of_sequence, hash ON journal
    BEGIN SELECT raise(ABORT, 'a journal entry is never changed'); END;
  CREATE TRIGGER journal_keeps_signature BEFORE UPDATE OF signed ON journal
    WHEN new.signed IS NOT NULL
    BEGIN SELECT raise(ABORT, 'a journal entry is never changed'); END;
  CREATE TABLE enrolment (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    device_id INTEGER NOT NULL,
    venue_id INTEGER NOT NULL,
    venue_name TEXT NOT NULL,
    sector TEXT NOT NULL,
    area_id TEXT NOT NULL,
    device_url TEXT NOT NULL,
    certificate TEXT NOT NULL,
    door_ca TEXT NOT NULL,
    root_key BLOB NOT NULL,
    sealing_key BLOB NOT NULL
  ) STRICT;
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  PRAGMA user_version = 1;
)sql";

// Version 2, on top of version 1 in place: what the door needs to decide by itself.
// `acknowledged`: the server has the entry itself. `sealed`: the card beside an attempt.
// own_use: what was given here, for later decisions; it outlives the entries' payloads.
// snapshot_part: signed parts as they came. `taken_us` is the server's time at which a part was
// proven, and at which it is proven again.
constexpr char const* second_tables = R"sql(
  ALTER TABLE journal ADD COLUMN acknowledged INTEGER NOT NULL DEFAULT 0
    CHECK (acknowledged IN (0, 1));
  ALTER TABLE journal ADD COLUMN sealed BLOB;
  ALTER TABLE journal ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE journal ADD COLUMN refused TEXT;
  CREATE INDEX journal_waiting ON journal (sequence) WHERE acknowledged = 0;
  CREATE TRIGGER journal_keeps_card BEFORE UPDATE OF sealed ON journal
    WHEN new.sealed IS NOT NULL
    BEGIN SELECT raise(ABORT, 'a journal entry is never changed'); END;
  CREATE TABLE own_use (
    attempt INTEGER PRIMARY KEY,
    card BLOB NOT NULL CHECK (length(card) = 16),
    event INTEGER,
    day INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    adult INTEGER NOT NULL,
    child INTEGER NOT NULL,
    assistant INTEGER NOT NULL,
    interpreter INTEGER NOT NULL,
    companion INTEGER NOT NULL,
    card_was_unknown INTEGER NOT NULL CHECK (card_was_unknown IN (0, 1)),
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
  ) STRICT;
  CREATE INDEX own_use_by_card ON own_use (card, event, day);
  CREATE INDEX own_use_by_event ON own_use (event) WHERE event IS NOT NULL;
  CREATE INDEX own_use_by_day ON own_use (day);
  CREATE TABLE snapshot_part (
    name TEXT NOT NULL CHECK (name IN ('venue', 'cards')),
    place INTEGER NOT NULL CHECK (place >= 0),
    taken_us INTEGER NOT NULL,
    signed BLOB NOT NULL,
    PRIMARY KEY (name, place)
  ) STRICT;
  PRAGMA user_version = 2;
)sql";

// Version 3: a journal that goes on behind entries that this folder never had (kind 4), and
// payloads that stay for a while after the server has them, lest it is restored from an older
// backup. `acknowledged_on`: the day; `quarantined`: the server keeps it beside the journal. The
// table is made anew for its wider check.
constexpr char const* third_tables = R"sql(
  CREATE TABLE journal_3 (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3, 4)),
    of_sequence INTEGER CHECK (of_sequence < sequence),
    told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    signed BLOB,
    acknowledged INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged IN (0, 1)),
    sealed BLOB,
    tries INTEGER NOT NULL DEFAULT 0,
    refused TEXT,
    acknowledged_on INTEGER,
    quarantined INTEGER NOT NULL DEFAULT 0 CHECK (quarantined IN (0, 1))
  ) STRICT;
  INSERT INTO journal_3 (sequence, kind, of_sequence, told, hash, signed, acknowledged, sealed,
    tries, refused, quarantined)
  SELECT sequence, kind, of_sequence, told, hash, signed, acknowledged, sealed, tries, refused,
    acknowledged = 1 AND signed IS NOT NULL
  FROM journal;
  DROP TABLE journal;
  ALTER TABLE journal_3 RENAME TO journal;
  CREATE INDEX journal_by_of ON journal (of_sequence);
  CREATE INDEX journal_untold ON journal (sequence) WHERE told = 0;
  CREATE INDEX journal_waiting ON journal (sequence) WHERE acknowledged = 0;
  CREATE INDEX journal_kept ON journal (acknowledged_on)
    WHERE signed IS NOT NULL AND acknowledged = 1;
  CREATE INDEX journal_resumed ON journal (sequence) WHERE kind = 4;
  CREATE INDEX journal_quarantined ON journal (sequence) WHERE quarantined = 1;
  CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
    BEGIN SELECT raise(ABORT, 'a journal entry is never deleted'); END;
  CREATE TRIGGER journal_keeps_words BEFORE UPDATE OF sequence, kind, of_sequence, hash ON journal
    BEGIN SELECT raise(ABORT, 'a journal entry is never changed'); END;
  CREATE TRIGGER journal_keeps_signature BEFORE UPDATE OF signed ON journal
    WHEN new.signed IS NOT NULL
    BEGIN SELECT raise(ABORT, 'a journal entry is never changed'); END;
  CREATE TRIGGER journal_keeps_card BEFORE UPDATE OF sealed ON journal
    WHEN new.sealed IS NOT NULL
    BEGIN SELECT raise(ABORT, 'a journal entry is never changed'); END;
  PRAGMA user_version = 3;
)sql";

[[noreturn]] void fail(sqlite3* database, char const* doing) {
  std::string what = "The kiosk's database failed while ";
  what += doing;
  what += ": ";
  what += database ? sqlite3_errmsg(database) : "out of memory";
  throw StorageFailure(what);
}

std::int64_t pragma(Database& database, std::string_view name) {
  auto statement = database.prepare("PRAGMA " + std::string(name));
  return statement.step() ? statement.integer(0) : -1;
}

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
  if (sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement_,
                         nullptr) != SQLITE_OK) {
    fail(database, "preparing a statement");
  }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(statement_, index, value) != SQLITE_OK) fail(database_, "binding");
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  if (sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8) != SQLITE_OK) {
    fail(database_, "binding");
  }
  return *this;
}

Statement& Statement::bind(int index, ByteView blob) {
  if (sqlite3_bind_blob64(statement_, index, blob.data(), blob.size(), SQLITE_TRANSIENT) !=
      SQLITE_OK) {
    fail(database_, "binding");
  }
  return *this;
}

bool Statement::step() {
  int const code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(database_, "reading or writing");
  return false;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
  auto const* first = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
  if (!first) return {};
  return {first, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Bytes Statement::blob(int column) const {
  auto const* first = static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_, column));
  if (!first) return {};
  return {first, first + sqlite3_column_bytes(statement_, column)};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

ByteView Statement::blob_view(int column) const {
  auto const* first = static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_, column));
  if (!first) return {};
  return {first, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

namespace {

// Whatever the folder was made with: a copy, a restored backup, an older program.
void make_private(std::string const& path) {
  constexpr mode_t owner_alone = S_IRUSR | S_IWUSR;
  for (auto const* ending : {"", "-wal", "-shm"}) {
    auto const file = path + ending;
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0 || (facts.st_mode & 0777U) == owner_alone) continue;
    if (::chmod(file.c_str(), owner_alone) != 0) {
      throw StorageFailure("The kiosk's files cannot be made private. Run: chmod 600 " + file);
    }
  }
}

}  // namespace

Database::Database(std::string const& path, Mode mode) {
  int const flags =
      mode == Mode::read_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  if (sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    std::string const why = handle_ ? sqlite3_errmsg(handle_) : "out of memory";
    sqlite3_close(handle_);
    throw StorageFailure("The kiosk's database cannot be opened (" + path + "): " + why);
  }
  try {
    if (mode == Mode::read_write) make_private(path);
    set_up(mode);
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

Database::~Database() { sqlite3_close(handle_); }

void Database::set_up(Mode mode) {
  sqlite3_busy_timeout(handle_, busy_timeout_ms);
  execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
      "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF");
  auto cache = prepare("PRAGMA cache_size=" + std::to_string(small_cache_kib));
  cache.step();
  // A build of SQLite or a file system that cannot keep the promise must not run at a door.
  if (pragma(*this, "synchronous") != 2) throw StorageFailure("synchronous=FULL did not hold");
  if (pragma(*this, "secure_delete") != 1) throw StorageFailure("secure_delete did not hold");
  auto const version = pragma(*this, "user_version");
  if (version > schema_version) {
    throw StorageFailure("This folder was written by a newer kaiku-kiosk. Use that program.");
  }
  // A reader does not make a kiosk of an empty file, but it brings an older one up to date.
  bool const is_behind = version == 0 ? mode == Mode::read_write : version < schema_version;
  if (is_behind) {
    Transaction making(*this);
    // Another process may have done it while we waited for the lock.
    if (pragma(*this, "user_version") == 0) execute(first_tables);
    if (pragma(*this, "user_version") == 1) execute(second_tables);
    if (pragma(*this, "user_version") == 2) execute(third_tables);
    making.commit();
  }
  if (mode == Mode::read_only) execute("PRAGMA query_only=ON");
}

void Database::execute(char const* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(handle_, "running a statement");
  }
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (StorageFailure const&) {
    // Some errors have rolled back already; then there is nothing left to undo.
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace kaiku::kiosk
