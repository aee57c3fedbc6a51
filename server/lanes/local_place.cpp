#include "server/lanes/local_place.hpp"

#include <utility>

#include "server/ledger/ledger.hpp"

namespace kaiku::lanes {
namespace {

constexpr int wait_for_upkeep_pages = sql::wal_restart_pages / 2;

}  // namespace

LocalPlace::LocalPlace(Upkeep::Settings upkeep, crypto::Ed25519PrivateKey const& checkpoint_key,
                       Clock const& clock)
    : connection_(upkeep.database.string(), sql::OpenMode::read_write),
      seen_version_(connection_.data_version()),
      faults_(*upkeep.faults),
      upkeep_(std::move(upkeep), checkpoint_key, clock, ledger::load_ledger_end(connection_)) {
  connection_.take_over_wal(wal_pages_);
  upkeep_.committed(ledger::load_ledger_end(connection_), 0);
}

bool LocalPlace::begin() {
  connection_.prepare("BEGIN IMMEDIATE").run();
  auto const version = connection_.data_version();
  return std::exchange(seen_version_, version) != version;
}

Commit LocalPlace::commit(ledger::LedgerEnd const& end, bool appended) {
  try {
    if (appended) ledger::store_frontier(connection_, end);
    connection_.prepare("COMMIT").run();
  } catch (sql::StorageError const& fault) {
    if (fault.is_fatal()) throw;
    faults_.tell("commit_failed", fault.what(), fault.code());
    return {};
  }
  upkeep_.committed(end, wal_pages_);
  return {CommitEnd::committed, {end.last_sequence()}};
}

void LocalPlace::roll_back() {
  if (connection_.autocommit()) return;
  connection_.prepare("ROLLBACK").run();
}

// Under a load without a pause the upkeep thread never catches the end, and only a WAL copied to
// its end begins anew: then the writer copies the small rest itself between two batches. It waits
// for the rest to be small, but not for ever: only a long reader may make the WAL longer.
void LocalPlace::rest() {
  if (wal_pages_ < shorten_at_) {
    if (wal_pages_ < sql::wal_restart_pages) shorten_at_ = sql::wal_restart_pages;
    return;
  }
  if (!upkeep_.catch_up() && wal_pages_ < shorten_at_ + wait_for_upkeep_pages) return;
  try {
    connection_.copy_wal(sql::WalCopy::passive);
  } catch (sql::StorageError const& fault) {
    if (fault.is_fatal()) throw;
    // Upkeep is at it, and the next batch asks again.
    if (fault.fault() == sql::StorageFault::unavailable) return;
    faults_.tell("wal_copy_failed", fault.what(), fault.code());
  }
  upkeep_.take_its_time();
  shorten_at_ = wal_pages_ + sql::wal_restart_pages;  // a long reader may keep it: do not insist
}

void LocalPlace::stop(bool sound) {
  upkeep_.stop(sound);
  if (!sound) return;
  try {
    // Best effort: a reader that is still there keeps the WAL, and the next start reads it.
    connection_.copy_wal(sql::WalCopy::truncate);
  } catch (sql::StorageError const& fault) {
    faults_.tell("wal_copy_failed", fault.what(), fault.code());
  }
}

}  // namespace kaiku::lanes
