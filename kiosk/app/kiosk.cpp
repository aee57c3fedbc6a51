#include "kiosk/app/kiosk.hpp"

#include <cassert>
#include <utility>

#include "kiosk/link/address_proof.hpp"
#include "kiosk/link/certificates.hpp"
#include "kiosk/link/enrolment.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int foreground_rounds = 200;

std::optional<Instant> instant_setting(Database& database, char const* name) {
  auto const us = integer_setting(database, name);
  return us ? std::optional(Instant{*us}) : std::nullopt;
}

}  // namespace

void recall_contact(Database& database, Contact& contact) {
  contact.recall(instant_setting(database, "last_contact_us"),
                 instant_setting(database, "last_sync_us"),
                 trouble_from(setting(database, "trouble").value_or("")));
}

Kiosk::Kiosk(Folder const& folder, Clock const& clock, std::unique_ptr<FolderLock> lock,
             Enrolment enrolment, crypto::P256PrivateKey key,
             crypto::P256PublicKey const& sealing_key, crypto::Ed25519PublicKey const& root)
    : folder_(folder),
      lock_(std::move(lock)),
      database_(folder.database(), Database::Mode::read_write),
      enrolment_(std::move(enrolment)),
      key_(std::move(key)),
      sealing_key_(sealing_key),
      snapshots_(root),
      clock_(clock, integer_setting(database_, "clock_difference_us").value_or(0)),
      credentials_((recall(), credentials_of(enrolment_, key_, snapshots_.view().newest()))),
      client_(credentials_, HttpClient::Names::known_only),
      server_(client_, enrolment_.venue, door_patience),
      journal_(database_, enrolment_.device, key_, sealing_key_),
      door_(DoorParts{database_, journal_, server_, clock_, snapshots_, contact_, enrolment_}) {
  door_.start();
}

void Kiosk::recall() {
  snapshots_.load(database_);
  if (auto const newest = snapshots_.view().newest(); newest.us > 0) clock_.at_least(newest);
  recall_contact(database_, contact_);
  if (auto const facts = read_certificate(enrolment_.certificate)) {
    contact_.certified_until(facts->not_after);
  }
}

SyncThreadParts Kiosk::sync_parts() {
  return {folder_.database(),
          enrolment_,
          key_,
          sealing_key_,
          snapshots_,
          contact_,
          clock_,
          credentials_,
          [this](std::string const& certificate) {
            auto const newest = snapshots_.view().newest();
            credentials_->replace(context_of(enrolment_, certificate, key_, newest));
          },
          [this](std::string const& certificate) { return gets_in_with(certificate); },
          [this](std::string const& url) { return moves_to(url); }};
}

bool Kiosk::moves_to(std::string const& url) {
  auto const address = parse_server_address(url);
  if (!address || *address == credentials_->server()) return false;
  auto const newest = snapshots_.view().newest();
  // The certificate that is used now may be a renewed one.
  auto enrolment = enrolment_;
  {
    Database database(folder_.database(), Database::Mode::read_only);
    if (auto const stored = load_enrolment(database)) enrolment = *stored;
  }
  if (prove_address(*address, enrolment, key_, newest)) return false;
  credentials_->move_to(*address);
  // Found a moment ago: the door need not wait for the sync's next request.
  if (auto found = resolve(*address)) credentials_->resolved(*std::move(found));
  return true;
}

// On a connection of its own, so that nothing of the door's is lost when it does not.
bool Kiosk::gets_in_with(std::string const& certificate) const {
  auto const newest = snapshots_.view().newest();
  auto const trial = std::make_shared<Credentials>(
      context_of(enrolment_, certificate, key_, newest), credentials_->server());
  trial->resolved(credentials_->addresses());
  HttpClient client(trial, HttpClient::Names::resolves);
  DoorServer server(client, enrolment_.venue, sync_patience);
  auto const reply = server.venue_snapshot();
  return std::holds_alternative<SignedPart>(reply);
}

bool Kiosk::sync_now() {
  assert(!sync_thread_);
  return sync_once(sync_parts(), foreground_rounds);
}

std::variant<std::unique_ptr<Kiosk>, OpenFault> Kiosk::open(Folder const& folder,
                                                            Clock const& clock, Syncs syncs) {
  if (!folder.has_database()) return OpenFault::not_enrolled;
  auto lock = std::make_unique<FolderLock>(folder.lock());
  if (!lock->held()) return OpenFault::in_use;
  std::optional<Enrolment> enrolment;
  {
    Database database(folder.database(), Database::Mode::read_write);
    enrolment = load_enrolment(database);
  }
  auto key = read_device_key(folder.device_key());
  if (!enrolment || !key) return OpenFault::not_enrolled;
  auto const sealing_key = crypto::P256PublicKey::from_point(enrolment->sealing_key);
  if (!sealing_key) throw StorageFailure("The stored sealing key is damaged.");
  auto const root = crypto::Ed25519PublicKey::from_raw(enrolment->root_key);
  if (!root) throw StorageFailure("The stored root key is damaged.");
  std::unique_ptr<Kiosk> kiosk(new Kiosk(folder, clock, std::move(lock), *std::move(enrolment),
                                         *std::move(key), *sealing_key, *root));
  if (syncs == Syncs::in_background) kiosk->sync_thread_.emplace(kiosk->sync_parts());
  return kiosk;
}

}  // namespace kaiku::kiosk
