#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "server/access/certificates/listener_certificates.hpp"
#include "server/commands/command.hpp"
#include "server/demo/demo_history.hpp"
#include "server/demo/demo_network.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/logins.hpp"

namespace kaiku::commands {
namespace {

using nlohmann::json;

constexpr std::int64_t most_cards_waited_for = 1'000;  // some twenty seconds

std::filesystem::path notes_of(std::filesystem::path const& dir) { return dir / "demo.json"; }

json read_json(std::filesystem::path const& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("the file " + file.string() + " cannot be read");
  return json::parse(in);
}

// Whole or not at all; for nobody else's eyes.
void write_json(std::filesystem::path const& file, json const& content) {
  auto const fresh = file.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    std::filesystem::permissions(
        fresh, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    out << content.dump(1) << "\n";
    if (!out.flush()) throw std::runtime_error("the file " + fresh + " cannot be written");
  }
  std::filesystem::rename(fresh, file);
}

bool is_loopback(std::string const& address) {
  return address.starts_with("127.") || address == "::1" || address == "localhost";
}

std::string state_today(ledger::ReadTx& tx, CardId id, Day today) {
  auto const card = tables::find_card(tx, id).value();
  return std::string(contract::word_of(
      contract::shown_state(card.state, card.first_valid, card.last_valid, today)));
}

// Everything but the addresses, which are known once the server listens. `id`s beside the
// contract's members let a later start find its things again.
json describe(Installation& installation, demo::DemoWorld const& world, Day today) {
  json out{{"accounts", json::array()},
           {"api_keys", json::array()},
           {"enrolment_codes", json::array()},
           {"events", json::array()},
           {"cards", json::array()}};
  for (auto const& account : world.accounts) {
    out["accounts"].push_back({{"role", account.role},
                               {"scope", account.scope},
                               {"username", account.username},
                               {"password", account.password},
                               {"totp_secret", account.totp_secret}});
  }
  for (std::size_t at = 0; at < world.venues.size(); ++at) {
    auto const& venue = world.venues[at];
    auto const sector = contract::word_of(demo::venue_plans()[at].sector);
    out["api_keys"].push_back(
        {{"venue_id", venue.id.value}, {"sector", sector}, {"key", venue.api_key}});
    out["enrolment_codes"].push_back(
        {{"venue_id", venue.id.value}, {"code", venue.enrolment_code}});
  }
  installation.write([&](ledger::WriteTx& tx) {
    for (auto const& event : world.events) {
      if (!event.id || event.starts_at < start_of(today)) continue;
      auto const quota = tables::find_event(tx, event.id).value().quota;
      out["events"].push_back({{"id", event.id.value},
                               {"venue_id", world.venues[event.venue].id.value},
                               {"quota", quota ? json(*quota) : json()}});
    }
    auto const add = [&](demo::DemoCard const& card) {
      if (!card.id) return;
      out["cards"].push_back({{"code", card.code},
                              {"qr", card.qr},
                              {"state", state_today(tx, card.id, today)},
                              {"children", card.children},
                              {"id", card.id.value},
                              {"office", card.office}});
    };
    for (auto const& card : world.cards) add(card);
    for (auto const& card : world.stock) add(card);
    return false;
  });
  return out;
}

struct Made {
  json notes;
  json credentials;
};

// In a folder beside, moved into place when it is whole: a start that was cut short leaves nothing.
Made make(Common const& common, DemoSettings const& settings, Instant now) {
  auto const making = common.dir / "making";
  std::filesystem::remove_all(making);
  std::filesystem::create_directories(making);
  // The history ends with the night before, so that seed and day alone decide what it is.
  auto const today = std::min(settings.today.value_or(helsinki_day(now)), helsinki_day(now));
  auto const until = start_of(today);
  auto const from = settings.months == 0
                        ? until + -2 * hour_us
                        : start_of(add_months(today, -settings.months)) + 7 * hour_us;
  Made made;
  {
    demo::DemoClock clock(from);
    SeededRandom secrets(settings.seed);
    SeededRandom choices(settings.seed ^ 0x9e3779b97f4a7c15U);
    Installation installation(making, settings.app.instance, clock, secrets, {},
                              settings.app.cost_of_new_rows);
    auto world = demo::make_demo_network(installation, choices, settings.cards);
    demo::DemoHistory(installation, clock, world, choices, until).live(from, settings.cards);
    made.credentials = describe(installation, world, today);
  }
  made.notes = {{"seed", settings.seed},
                {"cards", settings.cards},
                {"months", settings.months},
                {"today", to_iso(today)},
                {"made_until", to_rfc3339(until)}};
  for (auto const& entry : std::filesystem::directory_iterator(making)) {
    std::filesystem::rename(entry.path(), common.dir / entry.path().filename());
  }
  std::filesystem::remove(making);
  write_json(Places(common.dir).credentials, made.credentials);
  write_json(notes_of(common.dir), made.notes);
  return made;
}

// The account that stands at a venue.
domain::Actor staff_actor(ledger::ReadTx& tx, demo::DemoWorld const& world, VenueId venue) {
  auto const scope = "venue:" + std::to_string(venue.value);
  for (auto const& account : world.accounts) {
    if (account.scope != scope) continue;
    auto const login = tables::find_login(tx, account.username);
    if (login) return {domain::ActorKind::account, login->account.value};
  }
  throw std::runtime_error("credentials.json is not of this network: make a new demo folder");
}

// What the history needs to know of a network that is there already.
demo::DemoWorld world_from(json const& credentials, ledger::WriteTx& tx) {
  demo::DemoWorld world;
  for (auto const& a : credentials.at("accounts")) {
    world.accounts.push_back(
        {a.at("role"), a.at("scope"), a.at("username"), a.at("password"), a.at("totp_secret")});
    auto const scope = world.accounts.back().scope;
    auto const id = scope.find(':') == std::string::npos ? "" : scope.substr(scope.find(':') + 1);
    if (scope.starts_with("office:")) {
      auto const office = tables::find_office(tx, OfficeId{std::stoll(id)}).value();
      world.offices.push_back({office.id, office.area, {}});
    }
  }
  auto const& keys = credentials.at("api_keys");
  auto const& codes = credentials.at("enrolment_codes");
  for (std::size_t at = 0; at < keys.size(); ++at) {
    auto const venue = tables::find_venue(tx, VenueId{keys[at].at("venue_id")}).value();
    demo::DemoVenue one{venue.id, venue.area, keys[at].at("key"), codes[at].at("code"), {}};
    one.staff.role = domain::Role::venue_staff;
    one.staff.actor = staff_actor(tx, world, venue.id);
    one.staff.area = venue.area;
    one.staff.venues = {venue.id};
    world.venues.push_back(std::move(one));
    for (auto const& event : tables::list_events(tx, venue.id, std::nullopt, tx.now(), {0, 200})) {
      world.events.push_back({at, event.starts_at, event.id});
    }
  }
  for (auto const& c : credentials.at("cards")) {
    demo::DemoCard const card{CardId{c.at("id")}, c.at("code"), c.at("qr"), c.at("children"),
                              c.at("office")};
    if (c.at("state") == "stock" || c.at("state") == "void")
      world.stock.push_back(card);
    else
      world.cards.push_back(card);
  }
  return world;
}

}  // namespace

namespace {

// Adds what would have happened since the network was last open.
Made reopen(Common const& common, DemoSettings const& settings, Instant now) {
  Made made{read_json(notes_of(common.dir)), read_json(Places(common.dir).credentials)};
  auto const from = instant_from_rfc3339(made.notes.at("made_until").get<std::string>()).value();
  auto const days = (now - from) / day_us;
  demo::DemoClock clock(std::min(from, now));
  auto const seed = made.notes.at("seed").get<std::uint64_t>() ^ static_cast<std::uint64_t>(now.us);
  SeededRandom choices(seed);
  SystemRandom random;
  Installation installation(common.dir, settings.app.instance, clock, random);
  demo::DemoWorld world;
  installation.write([&](ledger::WriteTx& tx) {
    world = world_from(made.credentials, tx);
    return false;
  });
  if (days > 0) {
    demo::DemoHistory(installation, clock, world, choices, now).go_on(from);
    made.notes["made_until"] = to_rfc3339(now);
  }
  made.credentials = describe(installation, world, helsinki_day(now));
  write_json(notes_of(common.dir), made.notes);
  return made;
}

void tell(App& app, std::filesystem::path const& credentials) {
  auto const& site = app.services().site;
  std::cout << "The demo is open at " << site.base_url << "\n"
            << "Doors (mutual TLS) at  " << site.device_url << "\n"
            << "Logins, keys and cards " << credentials.string() << "\n"
            << "Stop it with Ctrl-C.\n"
            << std::flush;
}

}  // namespace

int demo(Common const& common, DemoSettings const& given) {
  auto settings = given;
  if (!is_loopback(settings.app.address)) {
    std::cerr << "A demo's secrets are known to everybody: it only listens on a loopback address,"
                 " such as 127.0.0.1.\n";
    return wrong_usage;
  }
  settings.app.dir = common.dir;
  settings.app.demo = true;
  auto const now = SystemClock().now();
  auto const is_there = std::filesystem::exists(notes_of(common.dir));
  if (!is_there && std::filesystem::exists(Places(common.dir).database)) {
    std::cerr << common.dir.string()
              << " holds an installation that is no demo. Name another --dir.\n";
    return could_not_run;
  }
  auto made = is_there ? reopen(common, settings, now) : make(common, settings, now);
  return serve(settings.app, [&](App& app) {
    auto const& site = app.services().site;
    made.credentials["base_url"] = site.base_url;
    made.credentials["device_url"] = site.device_url;
    made.credentials["ca_file"] = std::filesystem::absolute(app.ca_file()).string();
    write_json(site.demo_credentials_file, made.credentials);
    // A kiosk that is enrolled the moment this is open finds every card in its first snapshot.
    if (settings.cards <= most_cards_waited_for) app.wait_for_stretched_codes();
    tell(app, site.demo_credentials_file);
  });
}

}  // namespace kaiku::commands
