// A kiosk's folder opened for looking only: beside a running kiosk, and without a network.
#pragma once

#include <memory>

#include "kiosk/device/store.hpp"
#include "kiosk/journal/journal.hpp"

namespace kaiku::kiosk {

struct OpenedFolder {
  // Null when the folder is not an enrolled kiosk's. Throws StorageFailure.
  static std::unique_ptr<OpenedFolder> for_reading(Folder const& folder);

  Database database;
  Enrolment enrolment;
  crypto::P256PrivateKey key;
  Journal journal;

 private:
  OpenedFolder(Folder const& folder, Enrolment found, crypto::P256PrivateKey read,
               crypto::P256PublicKey const& sealing_key);
};

}  // namespace kaiku::kiosk
