#include "tests/property/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "schema/contract/card_token.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/stock_cards.hpp"
#include "tests/support/settle.hpp"

namespace kaiku::property {
namespace {

using contract::LimitPeriod;
using contract::UseLimit;
using domain::ActorKind;
using domain::Role;

domain::Caller caller_of(Role role, ActorKind kind, std::int64_t id) {
  domain::Caller caller;
  caller.role = role;
  caller.actor = {kind, id};
  return caller;
}

ledger::AreaSet area_entry(AreaId const& id, std::vector<std::string> const& codes,
                           domain::Policy const& policy) {
  ledger::AreaSet entry;
  entry.area = id;
  entry.name = {"Alue " + id.value, "", ""};
  for (auto const& code : codes) entry.municipalities.push_back({code, {"Kunta " + code, "", ""}});
  entry.policy = policy;
  return entry;
}

}  // namespace

World::World(std::uint64_t seed) : seed_(seed), random_(seed) {
  auto const card_key = database_.keys.card.public_key();
  database_.keys.card_keys.emplace(card_key.key_id(), card_key);
  auto settings = database_.settings();
  settings.checkpoint_every_us = 10'000 * day_us;
  lane_ = std::make_unique<lanes::WriterLane>(settings, database_.keys, database_.clock,
                                              database_.random);
  make_network();
}

void World::make_network() {
  auto const admin = caller_of(Role::admin, ActorKind::account, 1);
  AreaId const ring{"KEHA"};
  AreaId const island{"SAARI"};
  domain::Policy const ordinary;
  domain::Policy trial;
  trial.validity_months = 6;
  trial.companion_allowed = false;
  test::settle(*lane_, [&](ledger::WriteTx& tx) {
    for (auto const& [area, codes, policy] :
         {std::tuple{ring, std::vector<std::string>{"091", "092"}, ordinary},
          std::tuple{island, std::vector<std::string>{"478"}, trial}}) {
      use_cases::keep_area(tx, area_entry(area, codes, policy), admin).value();
      model_.areas[area].add(tx.now(), policy);
      for (auto const& code : codes) model_.municipalities.emplace(code, area);
      auto coordinator =
          caller_of(Role::area_coordinator, ActorKind::account, area == ring ? 2 : 3);
      coordinator.area = area;
      coordinators_.push_back(coordinator);
    }
    for (auto const& [area, code] :
         {std::pair{ring, "091"}, std::pair{ring, "092"}, std::pair{island, "478"}}) {
      ledger::OfficeSet entry{{}, area, code, "99999", std::string("Toimipiste ") + code};
      auto const office = use_cases::keep_office(tx, entry, admin).value().id;
      model_.offices[office] = {area, code};
      workers_.push_back(caller_of(Role::issuer_worker, ActorKind::account, office.value));
      workers_.back().office = office;
    }
    return true;
  });
  struct Place {
    AreaId area;
    char const* code;
    contract::Sector sector;
    std::optional<UseLimit> limit;
  };
  std::vector<Place> const places{
      {ring, "091", contract::Sector::sport, UseLimit{2, LimitPeriod::day}},
      {ring, "091", contract::Sector::culture, std::nullopt},
      {ring, "092", contract::Sector::sport, UseLimit{6, LimitPeriod::validity}},
      {island, "478", contract::Sector::science, UseLimit{3, LimitPeriod::month}}};
  test::settle(*lane_, [&](ledger::WriteTx& tx) {
    auto agent = caller_of(Role::agent, ActorKind::api_key, 900);
    for (auto const& place : places) {
      ledger::VenueSet entry{{}, place.area, place.code, place.sector, "Kohde", place.limit, true};
      auto const venue = use_cases::keep_venue(tx, entry, admin).value().id;
      venues_.push_back(venue);
      model_.venues[venue] = {place.area, place.limit};
      doors_.push_back(caller_of(Role::venue_staff, ActorKind::account, venue.value));
      doors_.back().venues = {venue};
      doors_.push_back(caller_of(Role::device, ActorKind::device, venue.value));
      doors_.back().venues = {venue};
      agent.venues.push_back(venue);
    }
    agent.venues.pop_back();
    doors_.push_back(agent);
    for (auto const& worker : workers_) {
      stock(tx, model_.offices.at(*worker.office).area, worker.office, 40);
    }
    stock(tx, ring, std::nullopt, 20);
    return true;
  });
  // Uses of up to 60 days back then meet areas and offices that were there already.
  database_.clock.advance(70 * day_us);
  test::settle(*lane_, [&](ledger::WriteTx& tx) {
    using contract::UseKind;
    auto const theatre = venues_[1];
    for (EventFacts const& facts :
         {EventFacts{UseKind::admission, 60, std::nullopt, true, false, false},
          EventFacts{UseKind::admission, 12, UseLimit{1, LimitPeriod::event}, true, false, false},
          EventFacts{UseKind::course, 8, std::nullopt, false, false, false},
          EventFacts{UseKind::season_pass, std::nullopt, UseLimit{1, LimitPeriod::validity}, true,
                     false, false},
          EventFacts{UseKind::admission, std::nullopt, std::nullopt, false, false, false}}) {
      make_event(tx, theatre, facts);
    }
    make_event(tx, venues_[3], {UseKind::admission, 20, std::nullopt, true, false, false});
    return true;
  });
}

EventId World::make_event(ledger::WriteTx& tx, VenueId venue, EventFacts const& facts) {
  auto const admin = caller_of(Role::admin, ActorKind::account, 1);
  ledger::EventSet entry;
  entry.venue = venue;
  entry.use_kind = facts.kind;
  entry.title = {"Tapahtuma", "", ""};
  entry.starts_at = tx.now() + 30 * day_us;
  entry.ends_at = entry.starts_at + hour_us;
  entry.quota = facts.quota;
  entry.limit = facts.limit;
  entry.children_allowed = facts.children_allowed;
  auto const event = use_cases::keep_event(tx, entry, admin).value().id;
  events_.push_back(event);
  auto& known = model_.events[event];
  known.venue = venue;
  known.ends_at = entry.ends_at;
  known.versions.add(tx.now(), facts);
  return event;
}

void World::stock(ledger::WriteTx& tx, AreaId const& area, std::optional<OfficeId> office,
                  int count) {
  auto const admin = caller_of(Role::admin, ActorKind::account, 1);
  BatchId const next{tables::last_batch_number(tx) + 1};
  auto drawn = use_cases::draw_batch(tx.keys(), tx.random(), next, area, count, tx.now());
  auto const made = use_cases::stock_cards(tx, std::move(drawn), office, admin).value();
  for (auto const& card : made.cards) {
    ModelCard known;
    known.code = card.code.text();
    known.token = card.token;
    known.area = area;
    known.office = known.batch_office = office;
    model_.cards.push_back(std::move(known));
  }
}

void World::act(int count) {
  constexpr int at_once = 40;
  while (count > 0 && !differs_) {
    auto const now = std::min(count, at_once);
    std::vector<std::promise<lanes::JobEnd>> ends(static_cast<std::size_t>(now));
    std::vector<char> kept(ends.size(), 0);
    for (std::size_t at = 0; at < ends.size(); ++at) {
      auto& end = ends[at];
      auto& keep = kept[at];
      auto const taken = lane_->post(
          [this, &keep](ledger::WriteTx& tx) {
            try {
              keep = one_act(tx) ? 1 : 0;
            } catch (std::exception const& fault) {
              differ(std::string("an act throws: ") + fault.what());
            }
            return keep != 0;
          },
          [&end](lanes::JobEnd how, lanes::Position) { end.set_value(how); });
      ASSERT_TRUE(taken);
    }
    for (std::size_t at = 0; at < ends.size(); ++at) {
      auto const how = ends[at].get_future().get();
      auto const expected = kept[at] != 0 ? lanes::JobEnd::committed : lanes::JobEnd::rolled_back;
      if (how != expected && !differs_) differ("a job ended otherwise than its act");
    }
    count -= now;
  }
}

bool World::one_act(ledger::WriteTx& tx) {
  if (differs_) return false;
  ++acts_;
  struct Choice {
    int weight;
    bool (World::*act)(ledger::WriteTx&);
  };
  static constexpr Choice choices[] = {
      {16, &World::register_card},   {8, &World::renew_card},      {5, &World::replace_card},
      {6, &World::block_or_unblock}, {5, &World::change_children}, {8, &World::undo_registration},
      {8, &World::undo_replacement}, {1, &World::make_batch},      {1, &World::void_stock},
      {2, &World::change_event},     {1, &World::change_policy},   {12, &World::check},
      {90, &World::redeem},          {8, &World::send_again},      {12, &World::undo},
      {20, &World::pass_time}};
  int total = 0;
  for (auto const& choice : choices) total += choice.weight;
  int left = below(total);
  for (auto const& choice : choices) {
    if (left < choice.weight) return (this->*choice.act)(tx);
    left -= choice.weight;
  }
  return false;
}

std::string World::said(Error const& error) {
  auto text = std::string(slug_of(error.problem));
  std::vector<std::string> pointers;
  for (auto const& fault : error.fields) pointers.push_back(fault.pointer);
  std::sort(pointers.begin(), pointers.end());
  for (auto const& pointer : pointers) text += " " + pointer;
  return text;
}

void World::differ(std::string const& what) {
  differs_ = true;
  ADD_FAILURE() << "seed " << seed_ << ", act " << acts_ << ": " << what;
}

Shown World::show(ModelCard const& card) {
  auto const typed = card.token.empty() || chance(60);
  return {typed ? card.code : card.token, card.code, true, typed};
}

// Mostly cards of ours; now and then what is mistyped, foreign or nobody's.
Shown World::any_card(bool mostly_stock) {
  auto const luck = below(100);
  if (luck < 2) {
    auto code = any_of(model_.cards).code;
    code[2] = code[2] == 'A' ? 'B' : 'A';
    return {code, "", false, true};
  }
  auto const stranger = contract::CardCode::random(database_.random);
  if (luck < 4) return {stranger.text(), stranger.text(), true, true};
  if (luck < 8) {
    auto const foreign = luck < 6;
    SeededRandom other(seed_ + 1);
    auto const key = crypto::Ed25519PrivateKey::from_seed(other.bytes<32>());
    contract::CardClaims const claims{AreaId{"KEHA"}, 1'800'000'000, stranger, std::nullopt};
    auto const token = contract::make_card_token(claims, foreign ? key : database_.keys.card);
    return {token, foreign ? "" : stranger.text(), !foreign, false};
  }
  if (!mostly_stock && !model_.uses.empty() && chance(35)) {
    // The same few people come again: duplicates and limits show only then.
    auto const reach = std::min(static_cast<int>(model_.uses.size()), 5);
    auto const& use = model_.uses[model_.uses.size() - 1 - static_cast<std::size_t>(below(reach))];
    if (auto const known = model_.find(use.code)) return show(model_.cards[*known]);
  }
  auto const today = helsinki_day(database_.clock.now());
  auto const wants_expired = !mostly_stock && chance(8);
  auto const wants_stock = chance(mostly_stock ? 90 : 4);
  for (int attempt = 0; attempt < 30; ++attempt) {
    auto const& card = any_of(model_.cards);
    if ((card.lineage < 0) != wants_stock) continue;
    if (wants_expired && attempt < 25 && card.now.last >= today) continue;
    if (card.now.state != contract::StoredState::replaced || chance(25)) return show(card);
  }
  return show(any_of(model_.cards));
}

domain::Caller const& World::any_worker(Shown const& card) {
  auto const known = model_.find(card.code);
  if (known && chance(85)) {
    for (auto const& worker : workers_) {
      if (worker.office == model_.cards[*known].office) return worker;
    }
  }
  return any_of(workers_);
}

domain::Caller const& World::any_door(VenueId venue) {
  for (int attempt = 0; attempt < 40; ++attempt) {
    auto const& door = any_of(doors_);
    if (door.stands_at(venue) != chance(2)) return door;
  }
  return doors_.front();
}

}  // namespace kaiku::property
