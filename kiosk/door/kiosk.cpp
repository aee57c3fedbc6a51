#include "kiosk/door/kiosk.hpp"

#include <utility>

#include "kiosk/door/enrolment.hpp"

namespace kaiku::kiosk {

Kiosk::Kiosk(Folder const& folder, Clock const& clock, std::unique_ptr<FolderLock> lock,
             Enrolment enrolment, crypto::P256PrivateKey const& key,
             crypto::P256PublicKey const& sealing_key)
    : lock_(std::move(lock)),
      database_(folder.database(), Database::Mode::read_write),
      enrolment_(std::move(enrolment)),
      clock_(clock, integer_setting(database_, "clock_difference_us").value_or(0)),
      journal_(database_, enrolment_.device, key, sealing_key),
      server_(door_server_of(enrolment_, key)),
      door_(database_, journal_, server_, clock_, enrolment_),
      closed_at_start_(door_.start()) {}

std::variant<std::unique_ptr<Kiosk>, OpenFault> Kiosk::open(Folder const& folder,
                                                            Clock const& clock) {
  if (!folder.has_database()) return OpenFault::not_enrolled;
  auto lock = std::make_unique<FolderLock>(folder.lock());
  if (!lock->held()) return OpenFault::in_use;
  std::optional<Enrolment> enrolment;
  {
    Database database(folder.database(), Database::Mode::read_write);
    enrolment = load_enrolment(database);
  }
  auto const key = read_device_key(folder.device_key());
  if (!enrolment || !key) return OpenFault::not_enrolled;
  auto const sealing_key = crypto::P256PublicKey::from_point(enrolment->sealing_key);
  if (!sealing_key) throw StorageFailure("The stored sealing key is damaged.");
  return std::unique_ptr<Kiosk>(
      new Kiosk(folder, clock, std::move(lock), *std::move(enrolment), *key, *sealing_key));
}

}  // namespace kaiku::kiosk
