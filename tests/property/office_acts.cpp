// What offices and coordinators do.
#include <gtest/gtest.h>

#include "server/use_cases/change_card.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/stock_cards.hpp"
#include "server/use_cases/undo_registration.hpp"
#include "server/use_cases/undo_replacement.hpp"
#include "tests/property/world.hpp"

namespace kaiku::property {

using contract::CardKind;
using contract::StoredState;

namespace {

constexpr auto replaced = StoredState::replaced;

bool looks_as(use_cases::CardView const& view, CardState const& state, Day today) {
  return view.first_valid == state.first && view.last_valid == state.last &&
         view.state == contract::shown_state(state.state, state.first, state.last, today);
}

ModelCard new_card(std::string code, std::string token) {
  ModelCard card;
  card.code = std::move(code);
  card.token = std::move(token);
  card.is_made = true;
  return card;
}

}  // namespace

bool World::register_card(ledger::WriteTx& tx) {
  auto const& worker = any_of(workers_);
  auto const today = helsinki_day(tx.now());
  use_cases::RegisterCard request;
  std::optional<Shown> card;
  if (chance(70)) card = any_card(true);
  if (card) request.card = domain::GivenCard(card->text);
  if (chance(15)) {
    request.kind = CardKind::community;
    request.community_ceiling = 2 + below(8);
  } else {
    request.holder = {civil_of(today).year - 15 - below(40), "99999", below(5), "", "", ""};
  }
  if (chance(10)) request.municipality = chance(80) ? "092" : "123";
  if (chance(25)) request.issued_on = today + (1 - below(63));
  auto const expected = model_.registers(request, card ? &*card : nullptr, worker, today);
  auto const real = use_cases::register_card(tx, request, worker);
  if (!both_agree("register", real, expected)) return false;

  auto const& office = model_.offices.at(*worker.office);
  if (real->first_valid != expected->first || real->last_valid != expected->last ||
      real->municipality != request.municipality.value_or(office.municipality)) {
    differ("register: other days or municipality");
  }
  ModelLineage lineage{request.kind, *worker.office, office.area, real->municipality, {}};
  lineage.registered_at = tx.now();
  auto const from = std::min(tx.now(), start_of(expected->first));
  if (request.kind == CardKind::personal) lineage.children.add(from, request.holder.children);
  model_.lineages.push_back(lineage);
  if (!card) model_.cards.push_back(new_card(real->code.text(), real->token));
  auto const at = model_.find(real->code.text()).value();
  auto& known = model_.cards[at];
  known.area = office.area;
  known.office = worker.office;
  known.kind = request.kind;
  known.ceiling = request.community_ceiling;
  known.lineage = static_cast<int>(model_.lineages.size()) - 1;
  model_.set_state(at, from, *expected);
  return true;
}

bool World::renew_card(ledger::WriteTx& tx) {
  auto const card = any_card();
  auto const& worker = any_worker(card);
  auto const today = helsinki_day(tx.now());
  std::optional<int> children;
  if (chance(30)) children = below(5);
  auto const expected = model_.renews(card, worker, today);
  auto const real = use_cases::renew_card(tx, domain::GivenCard(card.text), children, worker);
  if (!both_agree("renew", real, expected)) return false;
  if (!looks_as(*real, *expected, today)) differ("renew: other days");
  auto const at = model_.find(card.code).value();
  model_.set_state(at, tx.now(), *expected);
  lineage_of(at).is_changed = true;
  if (children && model_.cards[at].kind == CardKind::personal) {
    lineage_of(at).children.add(tx.now(), *children);
  }
  return true;
}

bool World::replace_card(ledger::WriteTx& tx) {
  auto const old_card = any_card();
  auto const& worker = any_worker(old_card);
  std::optional<Shown> fresh;
  if (chance(60)) fresh = any_card(true);
  auto const expected =
      model_.replaces(old_card, fresh ? &*fresh : nullptr, worker, helsinki_day(tx.now()));
  auto const stock = fresh ? std::optional(domain::GivenCard(fresh->text)) : std::nullopt;
  auto const real = use_cases::replace_card(tx, domain::GivenCard(old_card.text),
                                            domain::ReplaceReason::lost, stock, worker);
  if (!both_agree("replace", real, expected)) return false;
  if (!looks_as(*real, *expected, helsinki_day(tx.now()))) differ("replace: other days");
  auto const before = model_.find(old_card.code).value();
  if (!fresh) model_.cards.push_back(new_card(real->code.text(), real->token.value_or("")));
  auto const after = model_.find(real->code.text()).value();
  auto& old_row = model_.cards[before];
  auto& new_row = model_.cards[after];
  new_row.area = model_.lineages[static_cast<std::size_t>(old_row.lineage)].area;
  new_row.office = worker.office;
  new_row.kind = old_row.kind;
  new_row.ceiling = old_row.ceiling;
  new_row.lineage = old_row.lineage;
  lineage_of(after).is_changed = true;
  TookPlace const place{before, tx.now(), old_row.now};
  model_.set_state(before, tx.now(), {replaced, old_row.now.first, old_row.now.last});
  model_.set_state(after, tx.now(), *expected);
  new_row.took_place = place;
  return true;
}

bool World::block_or_unblock(ledger::WriteTx& tx) {
  auto card = any_card();
  for (auto const& other : model_.cards) {
    if (other.now.state == StoredState::blocked && chance(30)) card = show(other);
  }
  auto const& worker = any_worker(card);
  auto const known = model_.find(card.code);
  auto const is_blocked = known && model_.cards[*known].now.state == StoredState::blocked;
  auto const blocks = is_blocked == chance(10);
  auto const reason = chance(50) ? domain::BlockReason::misuse : domain::BlockReason::lost;
  auto const expected =
      blocks ? model_.blocks(card, reason, worker) : model_.unblocks(card, worker);
  auto const real = blocks ? use_cases::block_card(tx, domain::GivenCard(card.text), reason, worker)
                           : use_cases::unblock_card(tx, domain::GivenCard(card.text), worker);
  if (!both_agree(blocks ? "block" : "unblock", real, expected)) return false;
  if (!looks_as(*real, *expected, helsinki_day(tx.now()))) differ("block: another state");
  model_.set_state(*known, tx.now(), *expected);
  lineage_of(*known).is_changed = true;
  return true;
}

bool World::change_children(ledger::WriteTx& tx) {
  auto const card = any_card();
  auto const& worker = any_worker(card);
  auto const children = below(6);
  auto const expected = model_.changes_children(card, worker);
  auto const real = use_cases::change_children(tx, domain::GivenCard(card.text), children, worker);
  if (!both_agree("children", real, expected)) return false;
  if (real->children != children) differ("children: another number");
  auto& lineage = lineage_of(*expected);
  if (children != lineage.children.now()) lineage.is_changed = true;
  lineage.children.add(tx.now(), children);
  return true;
}

// Mostly a card that was given a moment ago, the newest first.
bool World::undo_registration(ledger::WriteTx& tx) {
  std::optional<std::size_t> at;
  for (std::size_t card = 0; card < model_.cards.size(); ++card) {
    if (model_.cards[card].lineage < 0) continue;
    auto const given = lineage_of(card).registered_at;
    if (tx.now() - given <= hour_us && (!at || given >= lineage_of(*at).registered_at)) at = card;
  }
  if (!at || chance(20)) at = model_.find(any_card().code);
  if (!at) return false;
  auto& card = model_.cards[*at];
  auto const& worker = any_worker(show(card));
  auto const expected = model_.undoes_registration(*at, worker, tx.now());
  auto const code = contract::CardCode::parse(card.code).value();
  auto const real =
      use_cases::undo_registration(tx, tables::find_card(tx, code).value().card.id, worker);
  if (!both_agree("undo registration", real, expected)) return false;
  lineage_of(*at).is_undone = true;
  model_.take_back(*at, tx.now(), *expected);
  return true;
}

// Mostly a card that took another's place a moment ago, the newest first.
bool World::undo_replacement(ledger::WriteTx& tx) {
  std::optional<std::size_t> at;
  for (std::size_t card = 0; card < model_.cards.size(); ++card) {
    auto const& place = model_.cards[card].took_place;
    if (!place || tx.now() - place->at > hour_us) continue;
    if (!at || place->at >= model_.cards[*at].took_place->at) at = card;
  }
  if (!at || chance(20)) at = model_.find(any_card().code);
  if (!at) return false;
  auto const& worker = any_worker(show(model_.cards[*at]));
  auto const expected = model_.undoes_replacement(*at, worker, tx.now());
  auto const code = contract::CardCode::parse(model_.cards[*at].code).value();
  auto const real =
      use_cases::undo_replacement(tx, tables::find_card(tx, code).value().card.id, worker);
  if (!both_agree("undo replacement", real, expected)) return false;
  auto const place = *model_.cards[*at].took_place;
  bool const gets_letter = model_.cards[*at].kind == CardKind::personal;
  if (real->letter.has_value() != gets_letter) differ("undo replacement: another letter");
  model_.take_back(*at, tx.now(), *expected);
  model_.set_state(place.of, tx.now(), place.before);
  return true;
}

bool World::make_batch(ledger::WriteTx& tx) {
  auto const& worker = any_of(workers_);
  auto const& area = model_.offices.at(*worker.office).area;
  stock(tx, area, chance(70) ? worker.office : std::nullopt, 1 + below(12));
  ++tallies_["batch"].done;
  return true;
}

// Batches stand in the model in the order of their cards, so a range is found by walking.
bool World::void_stock(ledger::WriteTx& tx) {
  BatchId const batch{1 + below(static_cast<int>(tables::last_batch_number(tx)))};
  auto const found = tables::find_batch(tx, batch).value();
  auto const from = 1 + below(static_cast<int>(found.count));
  auto const to = std::min<std::int64_t>(found.count, from + below(3));
  auto const& coordinator = any_of(coordinators_);
  std::vector<std::size_t> concerned;
  for (std::size_t at = 0; at < model_.cards.size(); ++at) {
    auto const card = tables::find_card(tx, *contract::CardCode::parse(model_.cards[at].code));
    if (card && card->card.batch == batch && *card->card.position >= from &&
        *card->card.position <= to && model_.cards[at].now.state == StoredState::stock) {
      concerned.push_back(at);
    }
  }
  Result<std::size_t> expected = concerned.size();
  if (concerned.empty()) expected = Error(Problem::conflict);
  if (!coordinator.covers(found.area)) expected = Error(Problem::not_found);
  auto const real = use_cases::void_stock(tx, batch, from, to, coordinator);
  if (!both_agree("void", real, expected)) return false;
  if (*real != static_cast<std::int64_t>(*expected)) differ("void: another number of cards");
  for (auto const at : concerned) model_.set_state(at, tx.now(), {StoredState::void_, {}, {}});
  return true;
}

bool World::change_event(ledger::WriteTx& tx) {
  auto const event = any_of(events_);
  auto& known = model_.events.at(event);
  auto facts = known.versions.now();
  if (facts.quota && chance(50))
    facts.quota = *facts.quota + below(6);
  else if (chance(30))
    facts.sold_out = !facts.sold_out;
  else if (chance(40))
    facts.children_allowed = !facts.children_allowed;
  else
    facts.cancelled = !facts.cancelled;
  auto const before = tables::find_event(tx, event).value();
  ledger::EventSet const entry{event,
                               before.venue,
                               facts.kind,
                               before.title,
                               before.starts_at,
                               before.ends_at,
                               std::nullopt,
                               facts.quota,
                               std::nullopt,
                               facts.limit,
                               facts.children_allowed,
                               facts.sold_out,
                               facts.cancelled};
  domain::Caller door = any_door(before.venue);
  Result<int> expected = 0;
  bool const is_late = before.cancelled && !facts.cancelled && before.ends_at <= tx.now();
  if (is_late) expected = field_error("/cancelled", FaultCode::out_of_range);
  if (!door.stands_at(before.venue)) expected = Error(Problem::forbidden);
  auto const real = use_cases::keep_event(tx, entry, door);
  if (!both_agree("event", real, expected)) return false;
  known.versions.add(tx.now(), facts);
  return true;
}

bool World::change_policy(ledger::WriteTx& tx) {
  auto const& coordinator = any_of(coordinators_);
  auto policy = model_.areas.at(*coordinator.area).now();
  if (policy.local_only || chance(30))
    policy.local_only = !policy.local_only;
  else
    policy.companion_allowed = !policy.companion_allowed;
  auto const area = tables::find_area(tx, *coordinator.area).value();
  ledger::AreaSet const entry{area.id, area.name, tables::municipalities_of(tx, area.id), policy};
  auto const real = use_cases::keep_area(tx, entry, coordinator);
  if (!both_agree("policy", real, Result<int>(0))) return false;
  model_.areas.at(area.id).add(tx.now(), policy);
  return true;
}

}  // namespace kaiku::property
