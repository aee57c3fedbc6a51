// What the device knows of itself: its enrolment, settings, and the folder that holds its files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/device/database.hpp"
#include "schema/contract/card_state.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/ids.hpp"

namespace kaiku::kiosk {

// What the server gave at enrolment and what is trusted from then on.
struct Enrolment {
  DeviceId device;
  VenueId venue;
  std::string venue_name;
  contract::Sector sector = contract::Sector::culture;
  std::string area_id;
  std::string device_url;   // https://host:port of the mutual-TLS listener
  std::string certificate;  // PEM, ours
  std::string door_ca;      // PEM, the only CA that the device listener may come from
  Bytes root_key;           // Ed25519, 32 bytes
  Bytes sealing_key;        // P-256 point, 65 bytes
};

std::optional<Enrolment> load_enrolment(Database& database);
void save_enrolment(Database& database, Enrolment const& enrolment);
// A renewed certificate (PEM) in place of the old one.
void save_certificate(Database& database, std::string_view certificate);
// Where the same server answers from now on.
void save_device_url(Database& database, std::string_view url);

// Names. Of the screen: language, event,
// without_event_on, fast, click, pin, locked, pin_failures. Of the sync:
// clock_difference_us, last_contact_us, last_sync_us, trouble, online, failed_tries, next_try_us,
// last_failure, takes_more_at_us, server_has_to, server_has_highest, folder_found, folder_found_us,
// journal_judged.
// Of the journal: resume_behind. Of the snapshot: cards_as_of_us, key_list_version, cards_leaf.
std::optional<std::string> setting(Database& database, std::string_view name);
std::optional<std::int64_t> integer_setting(Database& database, std::string_view name);
void set_setting(Database& database, std::string_view name, std::string_view value);

// Paths of one kiosk's files. `directory` is made (0700) by `make`.
struct Folder {
  std::string directory;
  // --dir if given, else $KAIKU_KIOSK_DIR, else ~/.local/share/kaiku-kiosk.
  static Folder chosen(std::string const& given);
  void make() const;
  bool has_database() const;
  std::string database() const { return directory + "/kiosk.db"; }
  std::string device_key() const { return directory + "/device.key"; }
  std::string lock() const { return directory + "/kiosk.lock"; }
};

// The device key, PKCS#8 PEM. Reading refuses a file that others may read. Throws StorageFailure.
std::optional<crypto::P256PrivateKey> read_device_key(std::string const& path);
// Mode 0600 from its first byte on, durable and in place on return.
void write_device_key(std::string const& path, crypto::P256PrivateKey const& key);

// Held while a kiosk runs, so that two never write one journal: flock, released by the system.
class FolderLock {
 public:
  // nullopt-like: `held()` is false when another process has it.
  explicit FolderLock(std::string const& path);
  ~FolderLock();
  FolderLock(FolderLock const&) = delete;
  FolderLock& operator=(FolderLock const&) = delete;
  bool held() const { return held_; }

 private:
  int file_ = -1;
  bool held_ = false;
};

}  // namespace kaiku::kiosk
