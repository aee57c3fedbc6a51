// What the writer must not wait for: copying the WAL into the database and signing checkpoints, on
// a thread and a connection of their own.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "server/ledger/checkpoint.hpp"
#include "server/ledger/transactions.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku::lanes {

class Upkeep {
 public:
  struct Settings {
    std::filesystem::path database;
    std::filesystem::path checkpoint_file;  // empty: none is written
    std::string origin;
    std::int64_t checkpoint_every_us = 60 * second_us;
    std::function<void(std::string const&)> on_fatal;
    telemetry::FaultReport* faults = &telemetry::standard_faults();
  };
  // Throws std::runtime_error when the signed checkpoint on disk names more, or something else,
  // than `end` holds: the ledger was cut or exchanged, and a new checkpoint would cover that up.
  Upkeep(Settings settings, crypto::Ed25519PrivateKey const& key, Clock const& clock,
         ledger::LedgerEnd const& end);
  ~Upkeep();

  // By the writer after each COMMIT: the new end, and how many pages lie in the WAL.
  void committed(ledger::LedgerEnd const& end, int wal_pages);
  // By the writer before it copies the end of a long WAL: upkeep copies until the rest is small.
  // Whether it is.
  bool catch_up();
  // And after it: pages may gather again before they are copied.
  void take_its_time();
  // Ends the thread; with `sign`, writes a last checkpoint of everything committed.
  void stop(bool sign);
  std::uint64_t failed_checkpoints() const;

 private:
  void work();
  int pages_to_copy() const;
  bool wal_is_due() const;
  bool checkpoint_is_due() const;
  void copy_wal();
  void write_checkpoint(ledger::merkle::Frontier const& frontier);

  Settings const settings_;
  crypto::Ed25519PrivateKey const& key_;
  Clock const& clock_;
  sql::Connection connection_;
  int own_wal_pages_ = 0;  // this connection commits nothing

  mutable std::mutex mutex_;  // guards all below
  std::condition_variable wake_;
  ledger::merkle::Frontier frontier_;
  std::uint64_t signed_size_ = 0;
  std::int64_t next_checkpoint_us_;  // on the monotonic clock
  std::uint64_t failed_checkpoints_ = 0;
  int wal_pages_ = 0;
  int copied_pages_ = 0;
  bool catching_up_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kaiku::lanes
