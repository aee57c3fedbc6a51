// The sync on a thread of its own, so that neither the door nor its screen waits for the network.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "kiosk/device/store.hpp"
#include "kiosk/link/http_client.hpp"
#include "kiosk/sync/sync.hpp"

namespace kaiku::kiosk {

// What the thread works with; all of it outlives the thread.
struct SyncThreadParts {
  std::string database_path;
  Enrolment enrolment;
  crypto::P256PrivateKey const& key;
  crypto::P256PublicKey const& sealing_key;
  SnapshotStore& snapshots;
  Contact& contact;
  KioskClock& clock;
  std::shared_ptr<Credentials> credentials;
  std::function<void(std::string const&)> use_certificate;
  std::function<bool(std::string const&)> try_certificate{};
  std::function<bool(std::string const& url)> move_to{};
};

// Own connection to the database, own journal, own client. A disk that fails is tried again, and
// told of in the contact's standing.
class SyncThread {
 public:
  explicit SyncThread(SyncThreadParts parts);
  // Cuts off an exchange under way; entries that were on their way go again next time.
  ~SyncThread();
  SyncThread(SyncThread const&) = delete;
  SyncThread& operator=(SyncThread const&) = delete;

 private:
  void run();
  void sync_until_stopped();

  SyncThreadParts parts_;
  std::thread thread_;  // last: it uses everything above
};

// One synchronisation in the foreground, as `kaiku-kiosk sync` does it: true when the server has
// everything and the snapshot is current. Throws StorageFailure.
bool sync_once(SyncThreadParts const& parts, int most_rounds);

}  // namespace kaiku::kiosk
