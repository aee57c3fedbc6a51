// One enrolled kiosk, opened: everything between its folder and its door, in the order it is built.
#pragma once

#include <memory>
#include <optional>
#include <variant>

#include "kiosk/device/store.hpp"
#include "kiosk/door/door.hpp"
#include "kiosk/link/http_client.hpp"
#include "kiosk/sync/sync_thread.hpp"

namespace kaiku::kiosk {

// Why a kiosk could not be opened; the caller finds the words.
enum class OpenFault { not_enrolled, in_use };

class Kiosk {
 public:
  // Whether a thread of its own keeps it in step with the server (`run`, `lines`), or only the
  // foreground does (`sync`).
  enum class Syncs { in_background, when_told };

  // Takes the folder's lock and closes the attempts of an earlier run. Throws StorageFailure.
  static std::variant<std::unique_ptr<Kiosk>, OpenFault> open(Folder const& folder,
                                                              Clock const& clock,
                                                              Syncs syncs = Syncs::in_background);

  Database& database() { return database_; }
  Door& door() { return door_; }
  KioskClock& clock() { return clock_; }
  Journal& journal() { return journal_; }
  Contact& contact() { return contact_; }
  // As it was when the kiosk was opened; a certificate renewed since is in `contact`.
  Enrolment const& enrolment() const { return enrolment_; }
  // One synchronisation in the foreground; only without a thread.
  bool sync_now();

 private:
  Kiosk(Folder const& folder, Clock const& clock, std::unique_ptr<FolderLock> lock,
        Enrolment enrolment, crypto::P256PrivateKey key, crypto::P256PublicKey const& sealing_key,
        crypto::Ed25519PublicKey const& root);
  SyncThreadParts sync_parts();
  bool gets_in_with(std::string const& certificate) const;
  bool moves_to(std::string const& url);
  void recall();

  Folder folder_;
  std::unique_ptr<FolderLock> lock_;
  Database database_;
  Enrolment enrolment_;
  crypto::P256PrivateKey key_;
  crypto::P256PublicKey sealing_key_;
  Contact contact_;
  SnapshotStore snapshots_;
  KioskClock clock_;
  std::shared_ptr<Credentials> credentials_;
  HttpClient client_;
  DoorServer server_;
  Journal journal_;
  Door door_;
  std::optional<SyncThread> sync_thread_;  // last: it uses what is above
};

// What `contact` and `clock` know of an earlier run, or of one that is under way elsewhere.
void recall_contact(Database& database, Contact& contact);

}  // namespace kaiku::kiosk
