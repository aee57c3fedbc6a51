#include <cstdio>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/app/opened_folder.hpp"
#include "kiosk/commands/command.hpp"
#include "kiosk/link/address_proof.hpp"
#include "kiosk/snapshot/snapshot_store.hpp"

namespace kaiku::kiosk {

namespace {

int tell(int code, std::string const& words) {
  std::fprintf(stderr, "%s\n", words.c_str());
  return code;
}

std::string next_step(AddressFailure const& failure, std::string const& url) {
  switch (failure.fault) {
    case AddressFault::unreachable:
      return "The server at " + url + " could not be reached (" + failure.detail +
             "). Nothing was changed. Check the address and the network, then try again.";
    case AddressFault::untrusted:
      return "What answers at " + url + " is not this device's server (" + failure.detail +
             "). Nothing was changed. It has to be the address of the door listener, often with "
             "port 8444.";
    case AddressFault::refused:
      return "The server at " + url + " does not take this device (" + failure.detail +
             "). Nothing was changed. Tell the coordinator.";
    case AddressFault::another:
      return "What answers at " + url + " is another installation (" + failure.detail +
             "). Nothing was changed. To join it: kaiku-kiosk enrol, in another folder.";
  }
  return failure.detail;
}

}  // namespace

int command_address(Folder const& folder, std::string const& url) {
  auto const address = parse_server_address(url);
  if (!address) {
    return tell(exit_usage, "The address has to look like https://kaiku.example.fi:8444.");
  }
  if (!folder.has_database()) return tell_not_enrolled(folder);
  FolderLock const lock(folder.lock());
  if (!lock.held()) return tell_in_use(folder);
  Database database(folder.database(), Database::Mode::read_write);
  auto const enrolment = load_enrolment(database);
  auto const key = read_device_key(folder.device_key());
  if (!enrolment || !key) return tell_not_enrolled(folder);
  auto const root = crypto::Ed25519PublicKey::from_raw(enrolment->root_key);
  if (!root) throw StorageFailure("The stored root key is damaged.");
  SnapshotStore snapshots(*root);
  snapshots.load(database);
  auto const failure = prove_address(*address, *enrolment, *key, snapshots.view().newest());
  if (failure) return tell(exit_could_not, next_step(*failure, address->url()));
  save_device_url(database, address->url());
  std::printf("The server from now on: %s\n", address->url().c_str());
  return exit_good;
}

}  // namespace kaiku::kiosk
