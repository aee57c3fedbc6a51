// What storage tests share: a folder that goes away, a clock that stands still, replayable keys.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "schema/crypto/random.hpp"
#include "schema/values/time.hpp"
#include "server/keys/key_ring.hpp"
#include "server/lanes/writer_lane.hpp"
#include "server/ledger/entries.hpp"
#include "server/ledger/ledger.hpp"
#include "server/sql/migrations.hpp"
#include "server/sql/sqlite.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::test {

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

inline keys::KeyRing test_keys() {
  SeededRandom random(7);
  keys::KeyRing keys{};
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
  keys.browsers = random.bytes<32>();
  keys.stretch.cost = {2, 1, 1};
  return keys;
}

inline constexpr char test_origin[] = "kaiku.test/ledger";

// A migrated database in a folder of its own.
struct TestDatabase {
  TestDatabase() {
    sql::Connection connection(file.string(), sql::OpenMode::read_write);
    sql::migrate(connection);
  }
  lanes::WriterLane::Settings settings() const {
    lanes::WriterLane::Settings made;
    made.database = file;
    made.checkpoint_file = checkpoint_file;
    made.origin = test_origin;
    return made;
  }

  TemporaryFolder folder;
  std::filesystem::path file = folder / "kaiku.db";
  std::filesystem::path checkpoint_file = folder / "checkpoint";
  keys::KeyRing keys = test_keys();
  HandClock clock;
  SeededRandom random{42};
};

inline ledger::AreaSet an_area(std::string const& id = "KEHA") {
  ledger::AreaSet area;
  area.area = AreaId{id};
  area.name = {"Kehäseutu", "Kehäregionen", "Ring district"};
  area.municipalities = {{"990", {"Lampila", "Lampila", "Lampila"}}};
  return area;
}

inline ledger::OfficeSet an_office(std::string const& name = "Lampilan sosiaalitoimisto") {
  ledger::OfficeSet office;
  office.area = AreaId{"KEHA"};
  office.municipality = "990";
  office.postcode = "99999";
  office.name = name;
  return office;
}

inline ledger::VenueSet a_venue(std::string const& name = "Lampilan uimahalli") {
  ledger::VenueSet venue;
  venue.area = AreaId{"KEHA"};
  venue.municipality = "990";
  venue.sector = contract::Sector::sport;
  venue.name = name;
  return venue;
}

inline std::int64_t count_rows(sql::Connection& connection, std::string_view sql) {
  sql::Statement row = connection.prepare(sql);
  row.step();
  return row.integer(0);
}

}  // namespace kaiku::test
