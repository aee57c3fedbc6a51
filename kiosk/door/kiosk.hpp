// One enrolled kiosk, opened: everything between its folder and its door, in the order it is built.
#pragma once

#include <memory>
#include <optional>

#include "kiosk/door/door.hpp"
#include "kiosk/journal/store.hpp"

namespace kaiku::kiosk {

// Why a kiosk could not be opened; the caller finds the words.
enum class OpenFault { not_enrolled, in_use };

class Kiosk {
 public:
  // Takes the folder's lock and closes the attempts of an earlier run. Throws StorageFailure.
  static std::variant<std::unique_ptr<Kiosk>, OpenFault> open(Folder const& folder,
                                                              Clock const& clock);

  Database& database() { return database_; }
  Door& door() { return door_; }
  KioskClock& clock() { return clock_; }
  Enrolment const& enrolment() const { return enrolment_; }
  int closed_at_start() const { return closed_at_start_; }

 private:
  Kiosk(Folder const& folder, Clock const& clock, std::unique_ptr<FolderLock> lock,
        Enrolment enrolment, crypto::P256PrivateKey const& key,
        crypto::P256PublicKey const& sealing_key);

  std::unique_ptr<FolderLock> lock_;
  Database database_;
  Enrolment enrolment_;
  KioskClock clock_;
  Journal journal_;
  DoorServer server_;
  Door door_;
  int closed_at_start_;
};

}  // namespace kaiku::kiosk
