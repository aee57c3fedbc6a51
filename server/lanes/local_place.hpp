// One SQLite file on this machine's disk.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "schema/values/time.hpp"
#include "server/lanes/batch_place.hpp"
#include "server/lanes/upkeep.hpp"

namespace kaiku::lanes {

// BEGIN IMMEDIATE … COMMIT with synchronous=FULL. Commands may write to the same file while a
// server runs; `PRAGMA data_version` tells.
class LocalPlace final : public BatchPlace {
 public:
  // `on_fatal` is called from the upkeep's thread. Throws as Upkeep does when the signed checkpoint
  // on disk and the ledger do not fit together.
  LocalPlace(Upkeep::Settings upkeep, crypto::Ed25519PrivateKey const& checkpoint_key,
             Clock const& clock);

  sql::Connection& connection() override { return connection_; }
  bool begin() override;
  Commit commit(ledger::LedgerEnd const& end, bool appended) override;
  void roll_back() override;
  void rest() override;
  void on_news(std::function<void()>) override {}
  bool may_run_chores() const override { return true; }
  std::uint64_t failed_checkpoints() const override { return upkeep_.failed_checkpoints(); }
  void stop(bool sound) override;

 private:
  sql::Connection connection_;
  std::int64_t seen_version_;
  int wal_pages_ = 0;
  int shorten_at_ = sql::wal_restart_pages;
  telemetry::FaultReport& faults_;
  Upkeep upkeep_;
};

}  // namespace kaiku::lanes
