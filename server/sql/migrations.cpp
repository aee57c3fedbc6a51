#include "server/sql/migrations.hpp"

#include <cassert>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "schema/values/bytes.hpp"

namespace kaiku::sql {
namespace {

constexpr std::string_view bookkeeping_table = "migration";

// The bookkeeping itself comes from no migration: it has to be there before the first.
void make_bookkeeping(Connection& connection) {
  connection.execute(R"(
    CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL,
      sha256 TEXT NOT NULL) STRICT)");
}

std::string fingerprint(Migration const& migration) {
  return to_hex(crypto::sha256(bytes_of(migration.sql)));
}

bool is_applied(Connection& connection, Migration const& migration) {
  Statement row = connection.prepare("SELECT 1 FROM migration WHERE number = ?1");
  return row.with(migration.number).step();
}

// Rolls back unless told that all went well.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {
    connection_.execute("BEGIN IMMEDIATE");
  }
  ~Transaction() {
    if (!connection_.autocommit()) {
      try {
        connection_.execute("ROLLBACK");
      } catch (StorageError const&) {
        // Closing the connection rolls back as well.
      }
    }
  }
  Transaction(Transaction const&) = delete;
  Transaction& operator=(Transaction const&) = delete;
  void commit() { connection_.execute("COMMIT"); }

 private:
  Connection& connection_;
};

void apply_one(Connection& connection, Migration const& migration) {
  Transaction transaction(connection);
  if (is_applied(connection, migration)) return;  // another process was faster
  connection.execute(std::string(migration.sql));
  connection.prepare("INSERT INTO migration (number, name, sha256) VALUES (?1, ?2, ?3)")
      .with(migration.number, migration.name, fingerprint(migration))
      .run();
  transaction.commit();
}

std::optional<TablePlace> place_from(std::string_view word) {
  if (word == "shared") return TablePlace::shared;
  if (word == "local") return TablePlace::local;
  return std::nullopt;
}

std::optional<TableKind> kind_from(std::string_view word) {
  if (word == "ledger") return TableKind::ledger;
  if (word == "projection") return TableKind::projection;
  if (word == "vault") return TableKind::vault;
  if (word == "operational") return TableKind::operational;
  return std::nullopt;
}

void add_table_kinds(Migration const& migration, std::vector<TableName>& tables) {
  constexpr std::string_view mark = "-- table ";
  std::string_view rest = migration.sql;
  while (!rest.empty()) {
    std::string_view const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (!line.starts_with(mark)) continue;
    std::string_view const words = line.substr(mark.size());
    std::size_t const colon = words.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string_view const is = words.substr(colon + 2);
    std::size_t const comma = is.find(", ");
    auto const kind = kind_from(is.substr(0, comma));
    auto const place = place_from(comma == is.npos ? "" : is.substr(comma + 2));
    if (!kind || !place) {
      throw std::logic_error("a table without kind and place in " + std::string(migration.name));
    }
    auto const name = words.substr(0, colon);
    // One that a later migration makes anew.
    std::erase_if(tables, [&](TableName const& table) { return table.name == name; });
    tables.push_back({name, *kind, *place});
  }
}

}  // namespace

void require_known_migrations(Connection& connection, std::span<Migration const> migrations) {
  Statement rows = connection.prepare("SELECT number, name, sha256 FROM migration ORDER BY number");
  for (std::size_t index = 0; rows.step(); ++index) {
    if (index >= migrations.size()) {
      throw std::runtime_error("the database is newer than this program: it has migration " +
                               std::to_string(rows.integer(0)) + "_" + std::string(rows.text(1)) +
                               "; use the program that wrote it, or a later one");
    }
    Migration const& migration = migrations[index];
    if (rows.integer(0) != migration.number || rows.text(2) != fingerprint(migration)) {
      throw std::runtime_error("migration " + std::to_string(migration.number) + "_" +
                               std::string(migration.name) +
                               " was edited since it ran on this database; undo the edit and put "
                               "the change into a new migration");
    }
  }
}

void migrate(Connection& connection, std::span<Migration const> migrations) {
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    assert(migrations[i].number == static_cast<int>(i) + 1 && "migrations are numbered from 1 on");
  }
  make_bookkeeping(connection);
  require_known_migrations(connection, migrations);
  for (Migration const& migration : migrations) {
    if (!is_applied(connection, migration)) apply_one(connection, migration);
  }
}

std::vector<TableName> table_kinds(std::span<Migration const> migrations) {
  std::vector<TableName> tables{{bookkeeping_table, TableKind::operational, TablePlace::local}};
  for (Migration const& migration : migrations) add_table_kinds(migration, tables);
  return tables;
}

}  // namespace kaiku::sql
