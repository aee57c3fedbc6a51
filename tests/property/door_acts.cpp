// What happens at doors, and the comparing of both worlds.
#include <gtest/gtest.h>

#include "server/tables/redemptions.hpp"
#include "server/use_cases/redeem.hpp"
#include "tests/property/world.hpp"
#include "tests/support/settle.hpp"

namespace kaiku::property {

using contract::UseKind;

contract::RedemptionRequest World::any_request(Instant now) {
  contract::RedemptionRequest request;
  request.idempotency_key = "act:" + std::to_string(acts_);
  request.venue = any_of(venues_);
  if (chance(50)) {
    request.event = any_of(events_);
    if (chance(97)) request.venue = model_.events.at(*request.event).venue;
  }
  if (chance(5)) request.kind = static_cast<UseKind>(below(3));
  auto& tickets = request.tickets;
  tickets.adult = chance(88) ? 1 : below(3);
  tickets.child = chance(60) ? 0 : below(5);
  tickets.assistant = chance(8) ? 1 : 0;
  tickets.interpreter = chance(4) ? 1 : 0;
  tickets.companion = chance(8) ? 1 : 0;
  if (chance(60) && request.event) {
    auto const kind = model_.events.at(*request.event).versions.now().kind;
    if (kind != UseKind::admission) tickets = {.adult = 1};
  }
  if (chance(15)) {
    request.occurred_at = now + -(chance(30) ? below(6) * minute_us : below(62 * 24) * hour_us);
  } else if (chance(2)) {
    request.occurred_at = now + (1 + below(3)) * 45 * second_us;
  }
  if (chance(12)) {
    request.override = contract::Override{contract::Answer::already_used_here, "known_here"};
    if (chance(5)) request.override->answer = contract::Answer::expired;
    if (chance(5)) request.override->reason = "because";
  }
  return request;
}

bool World::check(ledger::WriteTx& tx) {
  auto const request = any_request(tx.now());
  auto const card = any_card();
  auto const& door = any_door(request.venue);
  contract::CheckRequest const asked{card.text, request.venue, request.event, request.kind,
                                     request.tickets};
  auto plain = request;
  plain.override.reset();
  auto const input = contract::parse_card_input(card.text);
  if (!input) {
    if (card.readable) differ("check: a card of the model cannot be read");
    return false;
  }
  auto const expected = model_.checks(plain, card, door, tx.now());
  auto const real = use_cases::check_card(tx, asked, *input, door, tx.now());
  if (both_agree("check", real, expected) && real->decision != *expected) {
    differ("check: the server answers " + std::string(word_of(real->decision.answer)) +
           ", the model " + std::string(word_of(expected->answer)));
  }
  return false;  // a check that wrote something would be undone here, and found by `compare`
}

bool World::redeem(ledger::WriteTx& tx) {
  auto request = any_request(tx.now());
  auto const card = any_card();
  return redeem_as(tx, request, card, any_door(request.venue));
}

// A key that came before: the same body, however the card is shown, or another one.
bool World::send_again(ledger::WriteTx& tx) {
  if (model_.uses.empty()) return false;
  auto const& before = any_of(model_.uses);
  auto request = before.request;
  auto const known = model_.find(before.code);
  if (!known) return false;  // a paper form of a card that nobody has
  auto card = show(model_.cards[*known]);
  domain::Caller caller = doors_.front();
  for (auto const& door : doors_) {
    if (door.actor == before.actor) caller = door;
  }
  if (chance(15)) request.tickets.assistant += 1;
  if (chance(5)) card = any_card();
  if (chance(5)) caller = any_of(doors_);
  return redeem_as(tx, request, card, caller);
}

bool World::redeem_as(ledger::WriteTx& tx, contract::RedemptionRequest const& asked,
                      Shown const& card, domain::Caller const& caller) {
  auto request = asked;
  request.card = card.text;
  auto const expected = model_.redeems(request, card, caller, tx.now());
  auto const input = contract::parse_card_input(card.text);
  auto const answer = input ? use_cases::redeem(tx, request, *input, caller)
                            : Result<use_cases::RedeemAnswer>(input.error());
  if (!both_agree("redeem", answer, expected)) return false;
  auto const* const refused = std::get_if<contract::Decision>(&*answer);
  if ((refused == nullptr) != expected->given) {
    differ("redeem: one says a ticket, the other none");
    return false;
  }
  auto const& decision = expected->decision;
  if (refused != nullptr) {
    ++tallies_[std::string(word_of(refused->answer))].refused;
    if (*refused != decision) {
      differ("redeem: refused with " + std::string(word_of(refused->answer)) +
             " where the model says " + std::string(word_of(decision.answer)));
    }
    return false;
  }
  auto const* const real = &std::get<use_cases::Redeemed>(*answer);
  if (real->repeated != expected->repeated) {
    differ("redeem: a repeat is taken for another");
  } else if (real->repeated) {
    auto const& first = model_.uses[expected->use];
    if (real->reply.redemption != first.id || real->reply.answer != first.answer ||
        real->reply.tickets != first.request.tickets) {
      differ("redeem: a repeat gets another answer than the first");
    }
    ++tallies_["repeat"].done;
    return true;
  } else if (real->reply.answer != decision.answer || real->reply.tickets != request.tickets) {
    differ("redeem: another decision, " + std::string(word_of(real->reply.answer)) +
           " where the model says " + std::string(word_of(decision.answer)));
  }
  auto const at = model_.find(card.code);
  model_.uses.push_back({real->reply.redemption, caller.actor, request, card.code,
                         at ? model_.cards[*at].lineage : -1, expected->kind, expected->occurred,
                         tx.now(), decision.answer, expected->verdict, false});
  ++tallies_[expected->verdict ? *expected->verdict : std::string("on time")].done;
  compare_counters(tx, request, helsinki_day(expected->occurred));
  return true;
}

bool World::undo(ledger::WriteTx& tx) {
  if (model_.uses.empty()) return false;
  auto const newest = static_cast<int>(model_.uses.size());
  auto const reach = chance(70) ? std::min(newest, 4) : newest;
  auto const& use = model_.uses[static_cast<std::size_t>(newest - 1 - below(reach))];
  domain::Caller caller = any_door(use.request.venue);
  if (chance(50)) {
    for (auto const& door : doors_) {
      if (door.actor == use.actor) caller = door;
    }
  } else if (chance(50)) {
    caller = any_of(coordinators_);
  }
  auto const id = chance(2) ? RedemptionId{1} : use.id;
  auto const expected = model_.undoes(id, caller, tx.now());
  auto const real = use_cases::undo_redemption(tx, id, "wrong_count", caller);
  if (!both_agree("undo", real, expected)) return false;
  auto& undone = model_.uses[*expected];
  if (real->tickets != undone.request.tickets) differ("undo: other tickets");
  undone.undone = true;
  compare_counters(tx, undone.request, helsinki_day(undone.occurred));
  return true;
}

bool World::pass_time(ledger::WriteTx&) {
  auto const luck = below(100);
  if (luck < 50)
    database_.clock.advance(below(20 * 60) * second_us);
  else if (luck < 88)
    database_.clock.advance(below(30) * hour_us);
  else
    database_.clock.advance(below(60) * day_us);
  return true;
}

void World::compare_counters(ledger::WriteTx& tx, contract::RedemptionRequest const& request,
                             Day day) {
  if (request.event) {
    auto const real = tables::places_used(tx, *request.event);
    auto const expected = model_.places_used(*request.event);
    if (real != expected) {
      differ("quota: " + std::to_string(real) + " places are counted, " + std::to_string(expected) +
             " were given");
    }
  }
  auto const real = tables::count_of_day(tx, request.venue, day);
  if (std::pair(real.tickets, real.children) != model_.tickets_and_children(request.venue, day)) {
    differ("counters: the day's tickets differ");
  }
}

void World::compare_card(ledger::ReadTx& tx, ModelCard const& card) {
  SCOPED_TRACE("a card in model state " + std::string(word_of(card.now.state)));
  auto const found = tables::find_card(tx, *contract::CardCode::parse(card.code));
  ASSERT_TRUE(found);
  auto const* const real = &found->card;
  EXPECT_EQ(real->state, card.now.state);
  EXPECT_EQ(real->first_valid, card.now.first);
  EXPECT_EQ(real->last_valid, card.now.last);
  EXPECT_EQ(real->area, card.area);
  EXPECT_EQ(real->office, card.office);
  EXPECT_EQ(real->community_ceiling, card.ceiling);
  ASSERT_EQ(real->lineage.has_value(), card.lineage >= 0);
  if (!real->lineage) return;
  EXPECT_EQ(real->kind, card.kind);
  auto const& expected = model_.lineages[static_cast<std::size_t>(card.lineage)];
  auto const lineage = tables::find_lineage(tx, *real->lineage);
  ASSERT_TRUE(lineage);
  EXPECT_EQ(lineage->municipality, expected.municipality);
  EXPECT_EQ(lineage->office, expected.office);
  auto const holder = tables::holder_of(tx, *real->lineage);
  ASSERT_EQ(holder.has_value(), expected.kind == contract::CardKind::personal);
  if (holder) {
    EXPECT_EQ(holder->children, expected.children.now());
  }
}

void World::compare_use(ledger::ReadTx& tx, ModelUse const& use) {
  SCOPED_TRACE("redemption " + std::to_string(use.id.value));
  auto const real = tables::find_redemption(tx, use.id);
  ASSERT_TRUE(real);
  EXPECT_EQ(real->venue, use.request.venue);
  EXPECT_EQ(real->event, use.request.event);
  EXPECT_EQ(real->use_kind, use.kind);
  EXPECT_EQ(real->occurred_at, use.occurred);
  EXPECT_EQ(real->day, helsinki_day(use.occurred));
  EXPECT_EQ(real->tickets, use.request.tickets);
  EXPECT_EQ(real->answer, use.answer);
  EXPECT_EQ(real->verdict, use.verdict);
  EXPECT_EQ(real->actor, use.actor);
  EXPECT_EQ(real->undone_seq.has_value(), use.undone);
  EXPECT_EQ(real->lineage.has_value(), use.lineage >= 0);
}

void World::compare_everything() {
  test::settle(*lane_, [this](ledger::WriteTx& tx) {
    for (auto const& card : model_.cards) compare_card(tx, card);
    for (auto const& use : model_.uses) compare_use(tx, use);
    for (auto const& [event, unused] : model_.events) {
      EXPECT_EQ(tables::places_used(tx, event), model_.places_used(event));
    }
    auto const rows = [&](char const* sql) { return test::count_rows(tx.connection(), sql); };
    EXPECT_EQ(rows("SELECT COUNT(*) FROM redemption"), std::ssize(model_.uses));
    EXPECT_EQ(rows("SELECT COUNT(*) FROM card"), std::ssize(model_.cards));
    EXPECT_EQ(rows("SELECT COUNT(*) FROM lineage"),
              std::ranges::count(model_.lineages, false, &ModelLineage::is_undone));
    return false;
  });
}

}  // namespace kaiku::property
