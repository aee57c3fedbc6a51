#include "tests/simulation/template_network.hpp"

#include <stdexcept>

#include "kiosk/device/store.hpp"
#include "server/sql/migrations.hpp"
#include "server/tables/key_list.hpp"
#include "server/tables/stretched_codes.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/enrol_device.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/make_enrolment_code.hpp"
#include "server/use_cases/register_card.hpp"
#include "server/use_cases/stock_cards.hpp"
#include "tests/simulation/simulated_server.hpp"
#include "tests/support/must.hpp"

namespace kaiku::simulation {

namespace {

using domain::ActorKind;
using domain::Role;
using test::must;

AreaId const south{"ETELA"};

domain::Caller caller_of(Role role, std::int64_t id) {
  domain::Caller caller;
  caller.role = role;
  caller.actor = {ActorKind::account, id};
  return caller;
}

// Files in memory: what survives a crash there is what was written, and no fsync costs anything.
std::filesystem::path memory_folder() {
  std::filesystem::path const shared = "/dev/shm";
  return std::filesystem::is_directory(shared) ? shared : std::filesystem::temp_directory_path();
}

class Maker {
 public:
  Maker(TemplateNetwork& network, ledger::WriteTx& tx) : network_(network), tx_(tx) {}

  void make_places() {
    domain::Policy policy;
    policy.unknown_genuine_daily_limit = 3;
    must(use_cases::keep_area(
        tx_, {south, {"Etelä", "", ""}, {{"491", {"Mikkeli", "", ""}}}, policy}, admin_));
    auto const office =
        must(use_cases::keep_office(tx_, {{}, south, "491", "50100", "Sosiaaliasema"}, admin_));
    network_.worker = caller_of(Role::issuer_worker, 100);
    network_.worker.office = office.id;
    network_.worker.area = south;
    network_.coordinator = caller_of(Role::area_coordinator, 101);
    network_.coordinator.area = south;
    network_.theatre = venue(contract::Sector::culture, std::nullopt);
    network_.pool =
        venue(contract::Sector::sport, contract::UseLimit{2, contract::LimitPeriod::day});
    network_.theatre_staff = caller_of(Role::venue_staff, 102);
    network_.theatre_staff.venues = {network_.theatre};
    ledger::EventSet play;
    play.venue = network_.theatre;
    play.title.fi = "Pieni merenneito";
    play.starts_at = tx_.now() + 3 * hour_us;
    play.ends_at = tx_.now() + 5 * hour_us;
    play.quota = 8;
    network_.play = must(use_cases::keep_event(tx_, play, admin_)).id;
  }

  void make_cards() {
    auto drawn = use_cases::draw_batch(tx_.keys(), tx_.random(), BatchId{1}, south, 30, tx_.now());
    auto const batch = must(use_cases::stock_cards(tx_, std::move(drawn), network_.worker.office,
                                                   network_.coordinator));
    for (std::size_t i = 0; i < batch.cards.size(); ++i) {
      SimulatedCard const card{batch.cards[i].code.text(), batch.cards[i].token};
      if (i >= 16) {
        network_.stock.push_back(card);
        continue;
      }
      use_cases::RegisterCard request;
      request.card = domain::GivenCard(card.code);
      request.holder.birth_year = 1980;
      request.holder.postcode = "50100";
      request.holder.children = static_cast<int>(i % 4);
      must(use_cases::register_card(tx_, request, network_.worker));
      network_.cards.push_back(card);
    }
    must(use_cases::block_card(tx_, domain::GivenCard(network_.cards[15].code),
                               domain::BlockReason::lost, network_.worker));
  }

  void enrol_doors() {
    door("stage", network_.theatre, network_.play);
    door("lobby", network_.theatre, network_.play);
    door("pool", network_.pool, std::nullopt);
  }

 private:
  VenueId venue(contract::Sector sector, std::optional<contract::UseLimit> limit) {
    ledger::VenueSet const entry{{}, south, "491", sector, "Kohde", limit, true};
    return must(use_cases::keep_venue(tx_, entry, admin_)).id;
  }
  void door(char const* name, VenueId venue, std::optional<EventId> event) {
    EnrolledDoor door{name, crypto::P256PrivateKey::generate(), {}, event};
    auto const code =
        use_cases::make_lasting_enrolment_code(tx_, venue, admin_.actor, tx_.random()).code;
    auto const enrolled = must(use_cases::enrol_device(tx_, code, name, door.key.public_key()));
    auto& enrolment = door.enrolment;
    enrolment.device = enrolled.device.id;
    enrolment.venue = venue;
    enrolment.venue_name = enrolled.venue.name;
    enrolment.sector = enrolled.venue.sector;
    enrolment.area_id = south.value;
    enrolment.device_url = "https://127.0.0.1:8444";
    enrolment.certificate = network_.door_ca->certify_device(
        door.key.public_key(), enrolled.device.id, tx_.now(), tx_.random());
    enrolment.door_ca = network_.door_ca->certificate_pem();
    auto const root = tx_.keys().root.public_key().raw();
    enrolment.root_key = Bytes(root.begin(), root.end());
    auto const sealing = tx_.keys().sealing.public_key().point();
    enrolment.sealing_key = Bytes(sealing.begin(), sealing.end());
    network_.doors.push_back(std::move(door));
  }

  TemplateNetwork& network_;
  ledger::WriteTx& tx_;
  domain::Caller admin_ = caller_of(Role::admin, 1);
};

}  // namespace

TemplateNetwork::TemplateNetwork() : folder(memory_folder()), database(folder.file("template.db")) {
  SeededRandom random(1);
  // The slowness of codes is tested elsewhere.
  keys = keys::make_or_load_keys(folder.path() / "keys", random, {2, 1, 1});
  door_ca = access::DoorCa::make_or_load(folder.path() / "keys", random, time.now());
  {
    sql::Connection connection(database.string(), sql::OpenMode::read_write);
    sql::migrate(connection);
  }
  SimulatedServer server(database, keys, *door_ca, time, 0);
  auto const step = [&](void (Maker::*make)()) {
    server.write([&](ledger::WriteTx& tx) {
      Maker maker(*this, tx);
      (maker.*make)();
      return true;
    });
    time.pass(minute_us);
  };
  server.write([](ledger::WriteTx& tx) {
    tables::keep_row_salt(tx);
    tables::refresh_key_list(tx);
    return true;
  });
  step(&Maker::make_places);
  step(&Maker::make_cards);
  step(&Maker::enrol_doors);
  server.stretch_codes();
}

TemplateNetwork& TemplateNetwork::instance() {
  static TemplateNetwork network;
  return network;
}

}  // namespace kaiku::simulation
