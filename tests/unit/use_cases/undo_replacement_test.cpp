#include "server/use_cases/undo_replacement.hpp"

#include <map>

#include "server/tables/handovers.hpp"
#include "server/tables/letters.hpp"
#include "server/tables/true_counts.hpp"
#include "server/use_cases/build_snapshot.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/hand_over.hpp"
#include "server/use_cases/make_letter.hpp"
#include "server/use_cases/recovery_code.hpp"
#include "server/use_cases/stretch_codes.hpp"
#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

using contract::StoredState;

struct UndoneReplacement : test::OfficeAtWork {
  // By the second card of the stock, or by one made on the spot.
  CardView replace(contract::CardCode const& old_code, bool make = false) {
    return write([&](ledger::WriteTx& tx) {
      std::optional<domain::GivenCard> fresh;
      if (!make) fresh = stock.at(1).code;
      auto const reason = domain::ReplaceReason::lost;
      return test::must(replace_card(tx, old_code, reason, fresh, worker, true));
    });
  }
  Result<RestoredCard> undo(CardId id, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) { return undo_replacement(tx, id, caller); });
  }
  Result<RestoredCard> undo(CardId id) { return undo(id, worker); }
  void block(contract::CardCode const& code, std::optional<Day> until = std::nullopt) {
    change([&](ledger::WriteTx& tx) {
      return block_card(tx, code, domain::BlockReason::stolen, worker, until);
    });
  }
  Registered give_community() {
    return write([&](ledger::WriteTx& tx) {
      RegisterCard request;
      request.card = stock.front().code;
      request.kind = contract::CardKind::community;
      request.community_ceiling = 10;
      request.code_waits = true;
      return test::must(register_card(tx, request, worker));
    });
  }
  HandoverView handover(ledger::Ref const& id) {
    return write([&](ledger::WriteTx& tx) { return read_handover(tx, id, worker).value(); });
  }
  std::optional<LineageId> found_by(std::string const& code) {
    return write([&](ledger::WriteTx& tx) { return find_by_recovery_code(tx, code); });
  }
  std::optional<CardId> current_card(LineageId lineage) {
    return write([&](ledger::WriteTx& tx) {
      auto const current = tables::current_card_of(tx, lineage);
      return current ? std::optional(current->id) : std::nullopt;
    });
  }
  std::int64_t waiting() {
    return write([&](ledger::WriteTx& tx) { return tables::count_waiting_handovers(tx, office); });
  }
};

TEST_F(UndoneReplacement, gives_back_the_old_card_and_makes_a_stock_card_stock_again) {
  auto const given = give();
  auto const before = card(given.card);
  auto const replaced = replace(given.code);
  EXPECT_EQ(card(given.card).state, StoredState::replaced);
  ASSERT_TRUE(undo(replaced.id));
  auto const after = card(given.card);
  EXPECT_EQ(after.state, StoredState::registered);
  EXPECT_EQ(after.lineage, before.lineage);
  EXPECT_EQ(after.first_valid, before.first_valid);
  EXPECT_EQ(after.last_valid, before.last_valid);
  EXPECT_EQ(current_card(*before.lineage), given.card);
  auto const fresh = card(replaced.id);
  EXPECT_EQ(fresh.state, StoredState::stock);
  EXPECT_EQ(fresh.office, office) << "as its batch was handed to the office";
  EXPECT_FALSE(fresh.lineage);
  EXPECT_EQ(fresh.lineage_ref, ledger::Ref{});
  EXPECT_EQ(fresh.last_valid, Day{0});
  EXPECT_EQ(replace(given.code).id, replaced.id) << "it may be given anew, to the same holder too";
  EXPECT_TRUE(undo(replaced.id));
}

TEST_F(UndoneReplacement, makes_a_card_of_the_spot_void) {
  auto const given = give();
  auto const replaced = replace(given.code, true);
  auto const again = undo(replaced.id).value();
  EXPECT_EQ(again.card, given.card);
  EXPECT_TRUE(again.new_card_is_void);
  EXPECT_EQ(card(replaced.id).state, StoredState::void_);
  EXPECT_FALSE(card(replaced.id).lineage);
  EXPECT_EQ(undo(replaced.id).error().problem, Problem::undo_too_late);
}

TEST_F(UndoneReplacement, leaves_a_card_blocked_as_it_was) {
  auto const given = give();
  auto const until = helsinki_day(database.clock.now()) + 3;
  block(given.code, until);
  auto const blocked_on = helsinki_day(database.clock.now());
  wait(2 * day_us);
  ASSERT_TRUE(undo(replace(given.code).id));
  auto const after = card(given.card);
  EXPECT_EQ(after.state, StoredState::blocked);
  EXPECT_EQ(after.blocked_until, until);
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(tables::block_reason_of(tx, given.card), domain::BlockReason::stolen);
    EXPECT_EQ(tables::blocked_on(tx, given.card), blocked_on);
    EXPECT_FALSE(tables::is_reported_lost(tx, given.card));
    EXPECT_EQ(tables::blocked_until_before(tx, until + 1, 9).size(), 1u) << "and ends as it would";
    return true;
  });
}

TEST_F(UndoneReplacement, leaves_a_card_reported_lost_by_its_holder) {
  auto const given = give();
  record(ledger::CardBlocked{domain::BlockReason::lost, card(given.card).ref, {}, true});
  ASSERT_TRUE(undo(replace(given.code).id));
  auto const view =
      write([&](ledger::WriteTx& tx) { return test::must(read_card(tx, given.card, worker)); });
  EXPECT_EQ(view.state, contract::ShownState::blocked);
  EXPECT_TRUE(view.reported_lost);
  EXPECT_FALSE(view.blocked_until);
}

TEST_F(UndoneReplacement, does_not_bring_back_a_block_that_was_lifted_before) {
  auto const given = give();
  block(given.code, helsinki_day(database.clock.now()) + 3);
  change([&](ledger::WriteTx& tx) { return unblock_card(tx, given.code, worker); });
  ASSERT_TRUE(undo(replace(given.code).id));
  EXPECT_EQ(card(given.card).state, StoredState::registered);
  EXPECT_FALSE(card(given.card).blocked_until);
}

TEST_F(UndoneReplacement, gives_the_holder_a_new_letter_in_place_of_both) {
  auto const given = give();
  auto const lineage = lineage_of(given.card);
  auto const replaced = replace(given.code);
  auto const second = handover(*replaced.handover).recovery_code.value();
  auto const again = undo(replaced.id).value();
  auto const letter = handover(again.letter.value());
  EXPECT_EQ(letter.handover.card, given.card);
  EXPECT_TRUE(letter.has_letter);
  EXPECT_FALSE(found_by(given.recovery_code)) << "it died with the replacement";
  EXPECT_FALSE(found_by(second));
  EXPECT_EQ(found_by(letter.recovery_code.value()), lineage);
  EXPECT_EQ(waiting(), 1);
  EXPECT_TRUE(handover(*given.handover).superseded_at);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_handover"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_letter"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_recovery"), 1);
}

TEST_F(UndoneReplacement, of_a_community_card_brings_its_instructions_back_and_no_letter) {
  auto const given = give_community();
  auto const replaced = replace(given.code);
  EXPECT_TRUE(handover(*given.handover).superseded_at);
  auto const again = undo(replaced.id).value();
  EXPECT_EQ(again.card, given.card);
  EXPECT_FALSE(again.letter);
  EXPECT_FALSE(handover(*given.handover).superseded_at) << "they wait to be handed over as before";
  EXPECT_EQ(waiting(), 1);
  EXPECT_EQ(card(given.card).community_ceiling, 10);
  EXPECT_EQ(card(replaced.id).kind, contract::CardKind::personal);
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_recovery"), 0);
}

TEST_F(UndoneReplacement, takes_a_letter_of_the_new_card_along) {
  auto const given = give();
  auto const replaced = replace(given.code);
  auto const made =
      write([&](ledger::WriteTx& tx) { return test::must(make_letter(tx, replaced.id, worker)); });
  ASSERT_TRUE(undo(replaced.id));
  EXPECT_TRUE(handover(made).undone_at);
  EXPECT_EQ(waiting(), 1) << "the old card's";
  EXPECT_EQ(count("SELECT COUNT(*) FROM vault_handover"), 1);
}

TEST_F(UndoneReplacement, may_be_done_by_the_hand_over_of_a_letter_made_since) {
  auto const given = give();
  auto const replaced = replace(given.code);
  auto const made =
      write([&](ledger::WriteTx& tx) { return test::must(make_letter(tx, replaced.id, worker)); });
  EXPECT_TRUE(handover(made).undoes_replacement);
  EXPECT_EQ(handover(made).undoable_until, handover(*replaced.handover).undoable_until);
  auto const again = write(
      [&](ledger::WriteTx& tx) { return test::must(undo_handover(tx, made, worker)).value(); });
  EXPECT_EQ(again.card, given.card);
  EXPECT_EQ(card(given.card).state, StoredState::registered);
  EXPECT_FALSE(handover(again.letter.value()).undoes_replacement) << "one step back, no further";
}

TEST_F(UndoneReplacement, stays_in_the_ledger_beside_an_entry_that_names_it) {
  auto const given = give();
  auto const replaced = replace(given.code);
  auto const replacement = last_sequence();
  ASSERT_TRUE(undo(replaced.id));
  std::map<std::int64_t, ledger::Recorded> entries;
  write([&](ledger::WriteTx& tx) {
    ledger::for_each_entry(tx, replacement, [&](ledger::Recorded const& recorded) {
      entries.emplace(recorded.sequence, recorded);
    });
    return true;
  });
  EXPECT_TRUE(std::holds_alternative<ledger::CardReplaced>(entries.at(replacement).entry));
  auto const& undone = entries.at(replacement + 1);
  EXPECT_EQ(std::get<ledger::ReplacementUndone>(undone.entry).replacement, replacement);
  EXPECT_EQ(undone.actor, worker.actor);
  EXPECT_TRUE(std::holds_alternative<ledger::LetterMade>(entries.at(replacement + 2).entry));
}

TEST_F(UndoneReplacement, changes_no_figure) {
  give(true);
  auto const given = give();
  use(given.card);
  auto const figures = [&] {
    return write([&](ledger::WriteTx& tx) {
      auto const year = civil_of(helsinki_day(tx.now())).year;
      std::int64_t registered = 0;
      std::int64_t taken = 0;
      std::int64_t earlier = 0;
      for (auto const& cards :
           tables::count_year(tx, year, tx.ledger_end().last_sequence()).cards) {
        for (auto const count : cards.registered) registered += count;
        taken += cards.taken;
        earlier += cards.earlier_years;
      }
      return std::vector{registered, taken, taken + earlier};
    });
  };
  EXPECT_EQ(figures(), (std::vector<std::int64_t>{2, 1, 1}));
  auto const replaced = replace(given.code);
  EXPECT_EQ(figures(), (std::vector<std::int64_t>{2, 1, 1}));
  ASSERT_TRUE(undo(replaced.id));
  EXPECT_EQ(figures(), (std::vector<std::int64_t>{2, 1, 1}));
}

TEST_F(UndoneReplacement, is_refused_after_ten_minutes) {
  auto const given = give();
  auto const replaced = replace(given.code);
  wait(10 * minute_us);
  auto const until = write(
      [&](ledger::WriteTx& tx) { return replacement_undoable_until(tx, replaced.id, tx.now()); });
  EXPECT_EQ(until, database.clock.now());
  wait(1);
  EXPECT_EQ(undo(replaced.id).error().problem, Problem::undo_too_late);
  EXPECT_FALSE(handover(*replaced.handover).undoable_until);
  EXPECT_EQ(card(given.card).state, StoredState::replaced);
}

TEST_F(UndoneReplacement, is_refused_elsewhere_and_of_a_card_that_replaced_none) {
  auto const given = give();
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late) << "it was registered";
  auto const replaced = replace(given.code);
  EXPECT_EQ(undo(replaced.id, other).error().problem, Problem::forbidden);
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late) << "the old one is named";
  EXPECT_EQ(undo(CardId{1}).error().problem, Problem::not_found);
  ASSERT_TRUE(undo(replaced.id));
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late);
}

TEST_F(UndoneReplacement, is_refused_once_the_new_card_was_used) {
  auto const given = give();
  use(given.card);
  auto const replaced = replace(given.code);
  auto const used = use(replaced.id);
  EXPECT_EQ(undo(replaced.id).error().problem, Problem::undo_too_late);
  record(ledger::UseUndone{RedemptionId{used}, "mistake"});
  EXPECT_EQ(undo(replaced.id).error().problem, Problem::undo_too_late) << "somebody was there";
}

TEST_F(UndoneReplacement, is_refused_once_places_are_held_for_the_new_card) {
  auto const replaced = replace(give().code);
  hold_a_place(replaced.id);
  EXPECT_EQ(undo(replaced.id).error().problem, Problem::undo_too_late);
}

TEST_F(UndoneReplacement, is_refused_once_the_new_card_changed) {
  auto const blocked = replace(give().code, true);
  block(blocked.code);
  EXPECT_EQ(undo(blocked.id).error().problem, Problem::undo_too_late);
  change([&](ledger::WriteTx& tx) { return unblock_card(tx, blocked.code, worker); });
  EXPECT_EQ(undo(blocked.id).error().problem, Problem::undo_too_late);
  auto const renewed = replace(give(true).code, true);
  change([&](ledger::WriteTx& tx) { return renew_card(tx, renewed.code, {}, worker); });
  EXPECT_EQ(undo(renewed.id).error().problem, Problem::undo_too_late);
  auto const replaced = replace(give(true).code, true);
  auto const newest = replace(replaced.code, true);
  EXPECT_EQ(undo(replaced.id).error().problem, Problem::undo_too_late);
  ASSERT_TRUE(undo(newest.id)) << "one step back, and no further";
  EXPECT_EQ(undo(replaced.id).error().problem, Problem::undo_too_late);
}

TEST_F(UndoneReplacement, may_come_after_an_older_use_and_a_letter_handed_over) {
  auto const given = give();
  auto const replaced = replace(given.code);
  change([&](ledger::WriteTx& tx) {
    return confirm_handover(tx, *replaced.handover, domain::HandoverWay::letter, worker);
  });
  use(given.card);  // told late by a door: the old card's, from before
  EXPECT_TRUE(undo(replaced.id));
}

TEST_F(UndoneReplacement, is_done_by_its_hand_over_once_and_told_as_often_as_asked) {
  auto const given = give();
  auto const replaced = replace(given.code);
  auto const id = *replaced.handover;
  EXPECT_TRUE(handover(id).undoable_until);
  auto const press = [&] {
    return write(
        [&](ledger::WriteTx& tx) { return test::must(undo_handover(tx, id, worker)).value(); });
  };
  auto const first = press();
  auto const then = last_sequence();
  auto const second = press();
  EXPECT_EQ(last_sequence(), then);
  EXPECT_EQ(second.card, given.card);
  EXPECT_EQ(second.letter, first.letter);
  EXPECT_EQ(second.new_card_is_void, first.new_card_is_void);
  auto const view = handover(id);
  EXPECT_TRUE(view.undone_at);
  EXPECT_EQ(view.again.value().card, given.card);
}

// A door that was told of the new card has to hear of both.
TEST_F(UndoneReplacement, is_told_to_doors_whether_they_ask_for_all_or_for_what_changed) {
  auto const given = give();
  auto const replaced = replace(given.code, true);
  lanes::ReadLanes readers(database.file, database.keys, 1, 16);
  StretchPass stretch(writer, readers, database.keys);
  while (stretch.run([] { return false; })) {
  }
  auto const told = last_sequence();
  ASSERT_TRUE(undo(replaced.id));
  write([&](ledger::WriteTx& tx) {
    for (auto const& part : {full_cards_part(tx, tx.now()), *cards_delta(tx, told, tx.now())}) {
      std::map<StoredState, Day> last_days;
      for (auto const& row : part.rows) last_days.emplace(row.state, row.last_valid);
      EXPECT_EQ(last_days, (std::map<StoredState, Day>{{StoredState::registered, given.last_valid},
                                                       {StoredState::void_, Day{0}}}))
          << part.base;
      EXPECT_TRUE(part.newly_dead.empty());
    }
    return true;
  });
}

}  // namespace
}  // namespace kaiku::use_cases
