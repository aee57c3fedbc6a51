#include "server/demo/demo_network.hpp"

#include <algorithm>
#include <thread>

#include "schema/values/ascii.hpp"
#include "server/access/identity/passwords.hpp"
#include "server/demo/demo_settings.hpp"
#include "server/domain/commitment.hpp"
#include "server/use_cases/accept_commitment.hpp"
#include "server/use_cases/create_account.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/make_api_key.hpp"
#include "server/use_cases/make_enrolment_code.hpp"
#include "server/use_cases/set_settings.hpp"
#include "server/use_cases/set_up_account.hpp"
#include "server/use_cases/stock_cards.hpp"

namespace kaiku::demo {
namespace {

constexpr std::int64_t spare_cards_an_office = 12;

domain::Caller owner() {
  domain::Caller caller;
  caller.role = domain::Role::admin;
  return caller;
}

struct PlannedAccount {
  use_cases::NewAccount account;
  std::string scope;
  std::size_t office = SIZE_MAX;
  std::size_t venue = SIZE_MAX;
};

void make_places(ledger::WriteTx& tx, DemoWorld& world) {
  for (auto const& plan : area_plans()) {
    ledger::AreaSet area{AreaId{plan.id}, plan.name, plan.municipalities, {}};
    use_cases::keep_area(tx, area, owner()).value();
  }
  use_cases::import_postcodes(tx, postcode_rows(), crypto::sha256(bytes_of("demo")), {}).value();
  for (auto const& plan : office_plans()) {
    AreaId const area{area_plans()[plan.area].id};
    ledger::OfficeSet const office{{}, area, plan.municipality, plan.postcode, plan.name};
    world.offices.push_back({use_cases::keep_office(tx, office, owner()).value().id, area, {}});
  }
  for (auto const& plan : venue_plans()) {
    AreaId const area{area_plans()[plan.area].id};
    ledger::VenueSet venue;
    venue.area = area;
    venue.municipality = plan.municipality;
    venue.sector = plan.sector;
    venue.name = plan.name;
    world.venues.push_back(
        {use_cases::keep_venue(tx, venue, owner()).value().id, area, "", "", {}});
  }
}

std::vector<PlannedAccount> plan_accounts(DemoWorld const& world) {
  using domain::Role;
  std::vector<PlannedAccount> plans;
  auto const add = [&](Role role, std::string name, std::string scope) -> PlannedAccount& {
    PlannedAccount plan;
    plan.account.role = role;
    plan.account.username = std::move(name);
    plan.scope = std::move(scope);
    return plans.emplace_back(std::move(plan));
  };
  add(Role::admin, "admin", "");
  add(Role::national_coordinator, "tukipalvelu", "");
  for (auto const& area : area_plans()) {
    auto const name = ascii::lowered(area.id);
    add(Role::area_coordinator, "alue." + name, std::string("area:") + area.id).account.area =
        AreaId{area.id};
  }
  for (std::size_t at = 0; at < world.offices.size(); ++at) {
    auto const id = world.offices[at].id;
    auto& plan = add(Role::issuer_worker, "tyontekija" + std::to_string(at + 1),
                     "office:" + std::to_string(id.value));
    plan.account.office = id;
    plan.office = at;
  }
  for (std::size_t at = 0; at < world.venues.size(); ++at) {
    auto const id = world.venues[at].id;
    auto& plan = add(Role::venue_staff, "kohde" + std::to_string(at + 1),
                     "venue:" + std::to_string(id.value));
    plan.account.venue = id;
    plan.venue = at;
  }
  return plans;
}

std::string demo_password(Random& choices) {
  constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int at = 0; at < 14; ++at) {
    if (at == 4 || at == 9)
      password += '-';
    else
      password += alphabet[below(choices, alphabet.size())];
  }
  return password;
}

// scrypt takes its time: two threads, outside every transaction.
std::vector<tables::PasswordHash> hash_all(std::vector<DemoAccount> const& accounts,
                                           Random& choices) {
  std::vector<ByteArray<32>> seeds;
  for (std::size_t at = 0; at < accounts.size(); ++at) seeds.push_back(choices.bytes<32>());
  std::vector<tables::PasswordHash> hashes(accounts.size());
  auto const part = [&](std::size_t first) {
    for (auto at = first; at < accounts.size(); at += 2) {
      std::uint64_t seed = 0;
      for (std::size_t byte = 0; byte < 8; ++byte) seed = (seed << 8) | seeds[at][byte];
      SeededRandom random(seed);
      hashes[at] = access::hash_password(accounts[at].password, random);
    }
  };
  std::thread other(part, 1);
  part(0);
  other.join();
  return hashes;
}

void make_accounts(Installation& installation, DemoWorld& world, Random& choices) {
  auto plans = plan_accounts(world);
  std::vector<Bytes> secrets;
  for (auto const& plan : plans) {
    auto const secret = choices.bytes<20>();
    secrets.emplace_back(secret.begin(), secret.end());
    auto const has_second_factor = plan.account.role != domain::Role::venue_staff;
    world.accounts.push_back({std::string(domain::word_of(plan.account.role)), plan.scope,
                              plan.account.username, demo_password(choices),
                              has_second_factor ? to_base32(secret) : ""});
  }
  auto const hashes = hash_all(world.accounts, choices);
  installation.write([&](ledger::WriteTx& tx) {
    for (std::size_t at = 0; at < plans.size(); ++at) {
      auto const& plan = plans[at];
      auto const created =
          use_cases::create_account(tx, plan.account, owner(), tx.random()).value();
      auto const second =
          world.accounts[at].totp_secret.empty() ? std::nullopt : std::optional<Bytes>(secrets[at]);
      use_cases::set_up_directly(tx, created.account.id, hashes[at], second);
      domain::Caller caller;
      caller.role = plan.account.role;
      caller.actor = {domain::ActorKind::account, created.account.id.value};
      if (plan.office != SIZE_MAX) {
        caller.area = world.offices[plan.office].area;
        caller.office = world.offices[plan.office].id;
        world.offices[plan.office].worker = caller;
      } else if (plan.venue != SIZE_MAX) {
        caller.area = world.venues[plan.venue].area;
        caller.venues = {world.venues[plan.venue].id};
        world.venues[plan.venue].staff = caller;
      } else {
        continue;
      }
      use_cases::accept_commitment(tx, domain::commitment_version, caller).value();
    }
    return true;
  });
}

void make_keys_and_codes(ledger::WriteTx& tx, DemoWorld& world) {
  for (auto& venue : world.venues) {
    use_cases::NewApiKey const wanted{"Demo", {venue.id}};
    venue.api_key = use_cases::make_api_key(tx, wanted, owner(), tx.random()).value().key;
    venue.enrolment_code =
        use_cases::make_lasting_enrolment_code(tx, venue.id, {}, tx.random()).code;
  }
}

void make_stock(Installation& installation, DemoWorld& world, std::int64_t cards) {
  auto const offices = static_cast<std::int64_t>(world.offices.size());
  auto const needed = cards / offices + 1 + spare_cards_an_office;
  for (std::size_t at = 0; at < world.offices.size(); ++at) {
    for (std::int64_t left = needed; left > 0; left -= use_cases::cards_a_day_without_approval) {
      auto const count = std::min(left, use_cases::cards_a_day_without_approval);
      installation.write([&](ledger::WriteTx& tx) {
        auto const& office = world.offices[at];
        auto const number = BatchId{tables::last_batch_number(tx) + 1};
        auto drawn =
            use_cases::draw_batch(tx.keys(), tx.random(), number, office.area, count, tx.now());
        auto const batch = use_cases::stock_cards(tx, std::move(drawn), office.id, owner()).value();
        std::int64_t position = 0;
        for (auto const& card : batch.cards) {
          world.stock.push_back(
              {CardId{(batch.sequence << 16) | ++position}, card.code.text(), card.token, 0, at});
        }
        return true;
      });
    }
  }
}

}  // namespace

std::size_t below(Random& choices, std::size_t limit) {
  return static_cast<std::size_t>(choices.next64() % limit);
}

bool in_thousand(Random& choices, std::size_t chance) { return below(choices, 1000) < chance; }

DemoWorld make_demo_network(Installation& installation, Random& choices, std::int64_t cards) {
  DemoWorld world;
  installation.write([&](ledger::WriteTx& tx) {
    make_places(tx, world);
    use_cases::set_settings(tx, service_texts(helsinki_day(tx.now())), owner()).value();
    return true;
  });
  make_accounts(installation, world, choices);
  installation.write([&](ledger::WriteTx& tx) {
    make_keys_and_codes(tx, world);
    return true;
  });
  make_stock(installation, world, cards);
  return world;
}

}  // namespace kaiku::demo
