#include "server/lanes/upkeep.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <stdexcept>

#include "server/sql/durable_file.hpp"
#include "server/telemetry/threads.hpp"

namespace kaiku::lanes {
namespace {

// Pages to copy in one go: often enough to keep the WAL short, rarely enough to coalesce writes.
constexpr int copy_after_pages = 10'000;
// What the writer may copy and sync in a few milliseconds.
constexpr int small_rest_pages = 1'000;
constexpr mode_t checkpoint_mode = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
constexpr std::chrono::seconds sweep{1};

// The size that the checkpoint on disk vouches for; see the constructor.
std::uint64_t checked_size_on_disk(Upkeep::Settings const& settings,
                                   crypto::Ed25519PublicKey const& key,
                                   ledger::LedgerEnd const& end) {
  if (settings.checkpoint_file.empty()) return 0;
  auto const note = sql::read_small_file(settings.checkpoint_file);
  if (!note) return 0;
  auto const checkpoint = ledger::open_checkpoint(*note, settings.origin, key);
  std::string const name = settings.checkpoint_file.string();
  if (!checkpoint) {
    throw std::runtime_error("the checkpoint " + name +
                             " is damaged or signed by another key; run verify, then move it away");
  }
  ledger::merkle::Frontier const& frontier = end.frontier();
  bool const other = checkpoint->size == frontier.size() && checkpoint->root != frontier.root();
  if (checkpoint->size > frontier.size() || other) {
    throw std::runtime_error("the ledger lacks entries that the signed checkpoint " + name +
                             " names; run verify, restore the ledger, or move the checkpoint away");
  }
  return checkpoint->size;
}

}  // namespace

Upkeep::Upkeep(Settings settings, crypto::Ed25519PrivateKey const& key, Clock const& clock,
               ledger::LedgerEnd const& end)
    : settings_(std::move(settings)),
      key_(key),
      clock_(clock),
      connection_(settings_.database.string(), sql::OpenMode::read_write),
      frontier_(end.frontier()),
      signed_size_(checked_size_on_disk(settings_, key.public_key(), end)),
      next_checkpoint_us_(std::numeric_limits<std::int64_t>::min()) {
  connection_.take_over_wal(own_wal_pages_);
  thread_ = std::thread([this] { work(); });
}

Upkeep::~Upkeep() { stop(false); }

void Upkeep::committed(ledger::LedgerEnd const& end, int wal_pages) {
  std::lock_guard const lock(mutex_);
  frontier_ = end.frontier();
  if (wal_pages < copied_pages_) {  // the WAL began anew
    copied_pages_ = 0;
    catching_up_ = false;
  }
  wal_pages_ = wal_pages;
  if (wal_is_due() || checkpoint_is_due()) wake_.notify_one();
}

bool Upkeep::catch_up() {
  std::lock_guard const lock(mutex_);
  catching_up_ = pages_to_copy() > small_rest_pages;
  if (catching_up_) wake_.notify_one();
  return !catching_up_;
}

void Upkeep::take_its_time() {
  std::lock_guard const lock(mutex_);
  catching_up_ = false;
}

int Upkeep::pages_to_copy() const { return wal_pages_ - copied_pages_; }

bool Upkeep::wal_is_due() const {
  return pages_to_copy() > (catching_up_ ? small_rest_pages : copy_after_pages);
}

bool Upkeep::checkpoint_is_due() const {
  return !settings_.checkpoint_file.empty() && frontier_.size() != signed_size_ &&
         clock_.monotonic_us() >= next_checkpoint_us_;
}

void Upkeep::work() {
  telemetry::name_thread("kaiku-upkeep");
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, sweep,
                   [this] { return stopping_ || wal_is_due() || checkpoint_is_due(); });
    if (stopping_) return;
    if (checkpoint_is_due()) {
      ledger::merkle::Frontier const frontier = frontier_;
      lock.unlock();
      write_checkpoint(frontier);
      lock.lock();
    }
    if (wal_is_due()) {
      lock.unlock();
      copy_wal();
      lock.lock();
    }
  }
}

// Passive: copies what no reader still needs and waits for nobody. The writer may find the end of
// the WAL at any time, and has to wait then for every page that the disk does not hold yet.
void Upkeep::copy_wal() {
  std::optional<int> in_wal;
  try {
    in_wal = connection_.copy_wal(sql::WalCopy::passive).pages;
    connection_.sync_database();
  } catch (sql::StorageError const& fault) {
    if (fault.is_fatal()) settings_.on_fatal(fault.what());
    settings_.faults->tell("wal_copy_failed", fault.what(), fault.code());
  }
  std::lock_guard const lock(mutex_);
  // Counted as done even where readers held pages back: the next try comes with the next pages.
  // What came while it was copied and synced is still to be done.
  copied_pages_ = in_wal.value_or(wal_pages_);
}

void Upkeep::write_checkpoint(ledger::merkle::Frontier const& frontier) {
  std::int64_t next = clock_.monotonic_us() + settings_.checkpoint_every_us;
  bool written = false;
  try {
    ledger::Checkpoint const checkpoint{settings_.origin, frontier.size(), frontier.root()};
    sql::write_file_durably(settings_.checkpoint_file, ledger::sign_checkpoint(checkpoint, key_),
                            checkpoint_mode);
    written = true;
  } catch (std::exception const& fault) {
    // A full disk: the ledger stands without it, and the next sweep tries again.
    settings_.faults->tell("checkpoint_failed", fault.what());
    next = clock_.monotonic_us() + std::min(settings_.checkpoint_every_us, second_us);
  }
  std::lock_guard const lock(mutex_);
  next_checkpoint_us_ = next;
  if (written) signed_size_ = frontier.size();
  if (!written) ++failed_checkpoints_;
}

void Upkeep::stop(bool sign) {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (!thread_.joinable()) return;
  thread_.join();
  bool const changed = !settings_.checkpoint_file.empty() && frontier_.size() != signed_size_;
  if (sign && changed) write_checkpoint(frontier_);
}

std::uint64_t Upkeep::failed_checkpoints() const {
  std::lock_guard const lock(mutex_);
  return failed_checkpoints_;
}

}  // namespace kaiku::lanes
