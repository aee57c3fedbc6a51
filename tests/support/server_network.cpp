// The small network that every server test starts from.
#include <stdexcept>

#include "schema/crypto/crypto.hpp"
#include "server/domain/commitment.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/make_api_key.hpp"
#include "server/use_cases/make_enrolment_code.hpp"
#include "server/use_cases/set_up_account.hpp"
#include "server/use_cases/stock_cards.hpp"
#include "tests/support/must.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

AreaId const south{"ETELA"};
AreaId const north{"POHJOLA"};

domain::Caller system_caller() {
  domain::Caller caller;
  caller.role = domain::Role::admin;
  return caller;
}

}  // namespace

void ServerTest::make_network() {
  write([this](ledger::WriteTx& tx) {
    make_areas(tx);
    make_venues(tx);
    make_events(tx);
    make_accounts(tx);
    make_cards(tx);
    accept_commitments(tx);
  });
}

// What its people would meet first; a test that is about it makes a place of its own.
void ServerTest::accept_commitments(ledger::WriteTx& tx) {
  auto const version = domain::commitment_version;
  for (auto const& office : tables::list_offices(tx, std::nullopt, tables::every_row)) {
    ledger::append(tx, {}, ledger::CommitmentAccepted{office.id, std::nullopt, version});
  }
  for (auto const& venue : tables::list_venues(tx, std::nullopt, tables::every_row)) {
    ledger::append(tx, {}, ledger::CommitmentAccepted{std::nullopt, venue.id, version});
  }
}

void ServerTest::make_areas(ledger::WriteTx& tx) {
  auto const system = system_caller();
  using use_cases::keep_area;
  using use_cases::keep_office;
  must(keep_area(tx,
                 {south,
                  {"Etelä", "Södra", "South"},
                  {{"097", {"Hirvensalmi", "", ""}}, {"491", {"Mikkeli", "S:t Michel", ""}}},
                  {}},
                 system));
  must(keep_area(tx, {north, {"Pohjola", "Norden", "North"}, {{"698", {"Rovaniemi", "", ""}}}, {}},
                 system));
  std::vector<std::pair<std::string, std::string>> const postcodes{
      {"50100", "491"}, {"52550", "097"}, {"50670", "491"}, {"50670", "097"},
      {"51900", "097"}, {"51900", "178"}, {"96100", "698"}, {"00100", "091"}};
  auto const imported =
      use_cases::import_postcodes(tx, postcodes, crypto::sha256({}), system.actor);
  if (!imported) throw std::runtime_error("the fixture's postcodes");
  net.office =
      must(keep_office(tx, {{}, south, "491", "50100", "Mikkelin sosiaaliasema"}, system)).id;
  net.other_office =
      must(keep_office(tx, {{}, south, "097", "52550", "Hirvensalmen palvelu"}, system)).id;
  net.far_office =
      must(keep_office(tx, {{}, north, "698", "96100", "Rovaniemen palvelu"}, system)).id;
}

void ServerTest::make_venues(ledger::WriteTx& tx) {
  auto const venue = [&](AreaId const& area, char const* municipality, contract::Sector sector,
                         char const* name) {
    ledger::VenueSet const entry{{}, area, municipality, sector, name, std::nullopt, true};
    return must(use_cases::keep_venue(tx, entry, system_caller())).id;
  };
  net.pool = venue(south, "491", contract::Sector::sport, "Rantakeitaan uimahalli");
  net.museum = venue(south, "491", contract::Sector::culture, "Taidemuseo");
  net.college = venue(south, "097", contract::Sector::education, "Kansalaisopisto");
  net.science = venue(south, "491", contract::Sector::science, "Tiedekeskus");
  net.far_theatre = venue(north, "698", contract::Sector::culture, "Kaupunginteatteri");
}

void ServerTest::make_events(ledger::WriteTx& tx) {
  auto const event = [&](VenueId venue, contract::UseKind kind, char const* title,
                         std::optional<std::int64_t> quota) {
    ledger::EventSet entry;
    entry.venue = venue;
    entry.use_kind = kind;
    entry.title.fi = title;
    entry.starts_at = clock_.now() + hour_us;
    entry.ends_at = clock_.now() + 5 * hour_us;
    entry.quota = quota;
    return must(use_cases::keep_event(tx, entry, system_caller())).id;
  };
  net.concert = event(net.museum, contract::UseKind::admission, "Kesäkonsertti", 10);
  net.lecture = event(net.college, contract::UseKind::course, "Keramiikkakurssi", 12);
  net.far_play = event(net.far_theatre, contract::UseKind::admission, "Näytelmä", std::nullopt);
}

void ServerTest::make_account(ledger::WriteTx& tx, use_cases::NewAccount const& wanted) {
  auto const made = must(use_cases::create_account(tx, wanted, system_caller(), random_));
  use_cases::set_up_directly(tx, made.account.id, tables::PasswordHash{}, std::nullopt);
  accounts_[wanted.username] = made.account.id;
}

void ServerTest::add_account(std::string const& name, domain::Role role) {
  write([&](ledger::WriteTx& tx) {
    make_account(tx, {role, name, {}, {}, {}, contract::Language::fi});
  });
}

void ServerTest::make_accounts(ledger::WriteTx& tx) {
  using domain::Role;
  auto const add = [&](char const* name, Role role, std::optional<AreaId> area,
                       std::optional<OfficeId> office, std::optional<VenueId> venue) {
    make_account(tx, {role, name, std::move(area), office, venue, contract::Language::fi});
  };
  add("admin", Role::admin, {}, {}, {});
  add("national", Role::national_coordinator, {}, {}, {});
  add("coordinator", Role::area_coordinator, south, {}, {});
  add("far_coordinator", Role::area_coordinator, north, {}, {});
  add("worker", Role::issuer_worker, {}, net.office, {});
  add("other_worker", Role::issuer_worker, {}, net.other_office, {});
  add("far_worker", Role::issuer_worker, {}, net.far_office, {});
  add("pool_staff", Role::venue_staff, {}, {}, net.pool);
  add("museum_staff", Role::venue_staff, {}, {}, net.museum);
  add("far_staff", Role::venue_staff, {}, {}, net.far_theatre);
  auto const system = system_caller();
  auto const south_venues = std::vector{net.pool, net.museum, net.college, net.science};
  net.agent_key =
      must(use_cases::make_api_key(tx, {"Etelän lippupalvelu", south_venues}, system, random_)).key;
  net.far_agent_key =
      must(use_cases::make_api_key(tx, {"Pohjolan liput", {net.far_theatre}}, system, random_)).key;
  net.pool_enrolment =
      use_cases::make_lasting_enrolment_code(tx, net.pool, system.actor, random_).code;
  net.far_enrolment =
      use_cases::make_lasting_enrolment_code(tx, net.far_theatre, system.actor, random_).code;
}

void ServerTest::make_cards(ledger::WriteTx& tx) {
  auto const stock = [&](std::int64_t count, std::optional<OfficeId> office) {
    BatchId const number{tables::last_batch_number(tx) + 1};
    auto drawn = use_cases::draw_batch(tx.keys(), random_, number, south, count, tx.now());
    return must(use_cases::stock_cards(tx, std::move(drawn), office, system_caller()));
  };
  auto const batch = stock(60, net.office);
  net.batch = batch.batch;
  for (auto const& card : batch.cards) {
    net.codes.push_back(card.code.text());
    net.tokens.push_back(card.token);
  }
  net.free_batch = stock(5, std::nullopt).batch;
}

}  // namespace kaiku::test
