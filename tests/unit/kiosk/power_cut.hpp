// A disk whose power is cut: records what SQLite does to its files, and rebuilds what could be left
// of them. A file's writes up to its last sync are there; later ones may be missing, done in part
// (sectors of 512 bytes) or done in another order, as a cache in a drive would.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schema/crypto/random.hpp"
#include "schema/values/bytes.hpp"

namespace kaiku::kiosk_tests {

struct DiskOperation {
  enum class Kind { create, write, truncate, sync, remove };
  Kind kind = Kind::sync;
  std::string file;     // name without folders
  std::int64_t at = 0;  // write: offset; truncate: new size
  Bytes written;
  bool durable = false;  // remove: the folder was synced with it
};

// While it lives, it is SQLite's default file system in this process. Syncs are recorded and not
// done: what they promise is what after_power_cut models. It can also be full from some write on.
// One at a time, one thread.
class DiskTrace {
 public:
  DiskTrace();
  ~DiskTrace();
  DiskTrace(DiskTrace const&) = delete;
  DiskTrace& operator=(DiskTrace const&) = delete;

  void stop_recording() { recording_ = false; }
  void record(DiskOperation operation) {
    if (recording_) operations_.push_back(std::move(operation));
  }
  std::vector<DiskOperation> const& operations() const { return operations_; }

  // The n-th write from now on (from 1) and all later ones find no room, until `make_room`.
  void full_from(std::size_t n) {
    writes_left_ = n - 1;
    refused_ = false;
  }
  void make_room() { writes_left_.reset(); }
  // Whether a write was refused since `full_from`.
  bool has_refused() const { return refused_; }
  bool takes_write() {
    if (!writes_left_) return true;
    refused_ = *writes_left_ == 0;
    if (refused_) return false;
    --*writes_left_;
    return true;
  }

 private:
  std::vector<DiskOperation> operations_;
  bool recording_ = true;
  std::optional<std::size_t> writes_left_;
  bool refused_ = false;
};

// Name → content.
using Disk = std::map<std::string, Bytes>;

// What may be left when the power goes after the first `cut` operations.
Disk after_power_cut(std::vector<DiskOperation> const& operations, std::size_t cut, Random& random);

}  // namespace kaiku::kiosk_tests
