// What storage tests share: a folder that goes away, a clock that stands still, replayable keys.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "schema/crypto/random.hpp"
#include "schema/values/time.hpp"
#include "server/storage/entries.hpp"
#include "server/storage/key_ring.hpp"
#include "server/storage/lanes.hpp"
#include "server/storage/ledger.hpp"
#include "server/storage/migrations.hpp"
#include "server/storage/sqlite.hpp"

namespace kaiku::storage {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    auto const place = std::filesystem::temp_directory_path() / "kaiku-test-";
    std::string name = place.string() + std::string(6, 'X');
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class HandClock final : public Clock {
 public:
  Instant now() const override { return {wall_us.load()}; }
  std::int64_t monotonic_us() const override { return mono_us.load(); }
  void advance(std::int64_t us) {
    wall_us += us;
    mono_us += us;
  }
  std::atomic<std::int64_t> wall_us{1'795'328'581'000'000};  // 22.11.2026
  std::atomic<std::int64_t> mono_us{1'000'000};
};

inline KeyRing test_keys() {
  SeededRandom random(7);
  KeyRing keys{};
  keys.vault = random.bytes<32>();
  keys.index = random.bytes<32>();
  keys.body_mac = random.bytes<32>();
  keys.csrf = random.bytes<32>();
  keys.root = crypto::Ed25519PrivateKey::from_seed(random.bytes<32>());
  keys.card = crypto::Ed25519PrivateKey::from_seed(random.bytes<32>());
  keys.snapshot = crypto::Ed25519PrivateKey::from_seed(random.bytes<32>());
  keys.checkpoint = crypto::Ed25519PrivateKey::from_seed(random.bytes<32>());
  keys.sealing = crypto::P256PrivateKey::generate();
  keys.rows = random.bytes<32>();
  keys.stretch_iterations = 2;
  return keys;
}

inline constexpr char test_origin[] = "kaiku.test/ledger";

// A migrated database in a folder of its own.
struct TestDatabase {
  TestDatabase() {
    Connection connection(file.string(), OpenMode::read_write);
    migrate(connection);
  }
  WriterLane::Settings settings() const {
    WriterLane::Settings made;
    made.database = file;
    made.checkpoint_file = checkpoint_file;
    made.origin = test_origin;
    return made;
  }

  TemporaryFolder folder;
  std::filesystem::path file = folder / "kaiku.db";
  std::filesystem::path checkpoint_file = folder / "checkpoint";
  KeyRing keys = test_keys();
  HandClock clock;
  SeededRandom random{42};
};

inline AreaSet an_area(std::string const& id = "KEHA") {
  AreaSet area;
  area.area = AreaId{id};
  area.name = {"Kehäseutu", "Kehäregionen", "Ring district"};
  area.municipalities = {{"990", {"Lampila", "Lampila", "Lampila"}}};
  return area;
}

inline OfficeSet an_office(std::string const& name = "Lampilan sosiaalitoimisto") {
  OfficeSet office;
  office.area = AreaId{"KEHA"};
  office.municipality = "990";
  office.postcode = "99999";
  office.name = name;
  return office;
}

inline VenueSet a_venue(std::string const& name = "Lampilan uimahalli") {
  VenueSet venue;
  venue.area = AreaId{"KEHA"};
  venue.municipality = "990";
  venue.sector = contract::Sector::sport;
  venue.name = name;
  return venue;
}

inline std::int64_t count_rows(Connection& connection, std::string_view sql) {
  Statement row = connection.prepare(sql);
  row.step();
  return row.integer(0);
}

}  // namespace kaiku::storage
