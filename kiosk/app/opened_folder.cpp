#include "kiosk/app/opened_folder.hpp"

#include <utility>

namespace kaiku::kiosk {

OpenedFolder::OpenedFolder(Folder const& folder, Enrolment found, crypto::P256PrivateKey read,
                           crypto::P256PublicKey const& sealing_key)
    : database(folder.database(), Database::Mode::read_only),
      enrolment(std::move(found)),
      key(std::move(read)),
      journal(database, enrolment.device, key, sealing_key) {}

std::unique_ptr<OpenedFolder> OpenedFolder::for_reading(Folder const& folder) {
  if (!folder.has_database()) return nullptr;
  std::optional<Enrolment> enrolment;
  {
    Database database(folder.database(), Database::Mode::read_only);
    enrolment = load_enrolment(database);
  }
  auto key = read_device_key(folder.device_key());
  if (!enrolment || !key) return nullptr;
  auto const sealing_key = crypto::P256PublicKey::from_point(enrolment->sealing_key);
  if (!sealing_key) throw StorageFailure("The stored sealing key is damaged.");
  return std::unique_ptr<OpenedFolder>(
      new OpenedFolder(folder, *std::move(enrolment), *std::move(key), *sealing_key));
}

}  // namespace kaiku::kiosk
