#include "server/use_cases/undo_registration.hpp"

#include <set>

#include "server/tables/true_counts.hpp"
#include "server/use_cases/build_snapshot.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/hand_over.hpp"
#include "server/use_cases/recovery_code.hpp"
#include "server/use_cases/stretch_codes.hpp"
#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

using contract::StoredState;

struct UndoneRegistration : test::OfficeAtWork {
  Result<void> undo(CardId card, domain::Caller const& caller) {
    return write([&](ledger::WriteTx& tx) { return undo_registration(tx, card, caller); });
  }
  Result<void> undo(CardId card) { return undo(card, worker); }
  std::int64_t registered(std::int64_t as_of) {
    return write([&](ledger::WriteTx& tx) {
      std::int64_t sum = 0;
      auto const year = civil_of(helsinki_day(tx.now())).year;
      for (auto const& cards : tables::count_year(tx, year, as_of).cards) {
        for (auto const count : cards.registered) sum += count;
      }
      return sum;
    });
  }
};

TEST_F(UndoneRegistration, makes_a_stock_card_stock_again) {
  auto const before = card(give().card);
  auto const lineage = *before.lineage;
  ASSERT_TRUE(undo(before.id));
  auto const after = card(before.id);
  EXPECT_EQ(after.state, StoredState::stock);
  EXPECT_EQ(after.office, office) << "as its batch was handed to the office";
  EXPECT_FALSE(after.lineage);
  EXPECT_EQ(after.lineage_ref, ledger::Ref{});
  EXPECT_EQ(after.last_valid, Day{0});
  auto const again = give();
  EXPECT_EQ(again.card, before.id);
  EXPECT_NE(lineage_of(again.card), lineage);
}

TEST_F(UndoneRegistration, makes_a_card_of_a_batch_without_an_office_everybodys_again) {
  auto const code = write([&](ledger::WriteTx& tx) {
    domain::Caller owner;
    owner.role = domain::Role::admin;
    auto drawn = draw_batch(tx.keys(), tx.random(), BatchId{2}, AreaId{"KEHA"}, 1, tx.now());
    return stock_cards(tx, std::move(drawn), std::nullopt, owner).value().cards.front().code;
  });
  stock.front().code = code;
  auto const given = give();
  EXPECT_EQ(card(given.card).office, office);
  ASSERT_TRUE(undo(given.card));
  EXPECT_FALSE(card(given.card).office);
}

TEST_F(UndoneRegistration, makes_a_card_of_the_spot_void) {
  auto const given = give(true);
  ASSERT_TRUE(undo(given.card));
  EXPECT_EQ(card(given.card).state, StoredState::void_);
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late);
}

TEST_F(UndoneRegistration, leaves_nothing_of_the_holder) {
  auto const given = give();
  ASSERT_TRUE(undo(given.card));
  for (auto const* rows :
       {"SELECT COUNT(*) FROM vault_holder", "SELECT COUNT(*) FROM vault_recovery",
        "SELECT COUNT(*) FROM vault_handover", "SELECT COUNT(*) FROM lineage"}) {
    EXPECT_EQ(count(rows), 0) << rows;
  }
  auto const found =
      write([&](ledger::WriteTx& tx) { return find_by_recovery_code(tx, given.recovery_code); });
  EXPECT_FALSE(found);
  auto const view = write(
      [&](ledger::WriteTx& tx) { return read_handover(tx, *given.handover, worker).value(); });
  EXPECT_TRUE(view.undone_at);
  EXPECT_FALSE(view.card);
  EXPECT_FALSE(view.recovery_code);
  EXPECT_EQ(write([&](ledger::WriteTx& tx) { return tables::count_waiting_handovers(tx, office); }),
            0);
}

TEST_F(UndoneRegistration, stays_in_the_ledger_beside_an_entry_that_names_it) {
  auto const given = give();
  auto const registration = lineage_of(given.card).value;
  ASSERT_TRUE(undo(given.card));
  bool is_there = false;
  std::optional<ledger::Recorded> last;
  write([&](ledger::WriteTx& tx) {
    ledger::for_each_entry(tx, registration, [&](ledger::Recorded const& recorded) {
      if (recorded.sequence == registration) {
        is_there = std::holds_alternative<ledger::CardRegistered>(recorded.entry) &&
                   !recorded.private_erased;
      }
      last = recorded;
    });
    return true;
  });
  EXPECT_TRUE(is_there);
  EXPECT_EQ(std::get<ledger::RegistrationUndone>(last->entry).registration.value, registration);
  EXPECT_EQ(last->actor, worker.actor);
}

TEST_F(UndoneRegistration, is_counted_by_no_figure_as_of_whatever_moment) {
  auto const kept = give(true);
  auto const given = give();
  auto const between = last_sequence();
  EXPECT_EQ(registered(between), 2);
  ASSERT_TRUE(undo(given.card));
  EXPECT_EQ(registered(last_sequence()), 1);
  EXPECT_EQ(registered(between), 1);
  EXPECT_EQ(card(kept.card).state, StoredState::registered);
}

TEST_F(UndoneRegistration, is_refused_after_ten_minutes) {
  auto const given = give();
  wait(10 * minute_us);
  auto const until = write([&](ledger::WriteTx& tx) {
    return registration_undoable_until(tx, *tables::find_card(tx, given.card), tx.now());
  });
  EXPECT_EQ(until, database.clock.now());
  wait(1);
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late);
  EXPECT_EQ(card(given.card).state, StoredState::registered);
}

TEST_F(UndoneRegistration, is_refused_to_another_office) {
  EXPECT_EQ(undo(give().card, other).error().problem, Problem::forbidden);
}

TEST_F(UndoneRegistration, is_refused_once_the_card_was_used) {
  auto const given = give();
  use(given.card);
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late);
  auto const use_entry = last_sequence();
  record(ledger::UseUndone{RedemptionId{use_entry}, "mistake"});
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late) << "somebody was there";
}

TEST_F(UndoneRegistration, is_refused_once_card_or_holder_changed) {
  auto const code = stock.front().code;
  auto const given = give();
  change([&](ledger::WriteTx& tx) { return change_children(tx, code, 3, worker); });
  EXPECT_EQ(undo(given.card).error().problem, Problem::undo_too_late);
  auto const made = give(true);
  change([&](ledger::WriteTx& tx) {
    return block_card(tx, made.code, domain::BlockReason::lost, worker);
  });
  EXPECT_EQ(undo(made.card).error().problem, Problem::undo_too_late);
  change([&](ledger::WriteTx& tx) { return unblock_card(tx, made.code, worker); });
  EXPECT_EQ(undo(made.card).error().problem, Problem::undo_too_late);
  auto const replaced = give(true);
  change([&](ledger::WriteTx& tx) {
    return replace_card(tx, replaced.code, domain::ReplaceReason::worn, {}, worker);
  });
  EXPECT_EQ(undo(replaced.card).error().problem, Problem::undo_too_late);
}

TEST_F(UndoneRegistration, may_have_been_handed_over_already) {
  auto const given = give();
  change([&](ledger::WriteTx& tx) {
    return confirm_handover(tx, *given.handover, domain::HandoverWay::letter, worker);
  });
  EXPECT_TRUE(undo(given.card));
}

// A door that was told of the card has to hear that it is none any more.
TEST_F(UndoneRegistration, is_told_to_doors_whether_they_ask_for_all_or_for_what_changed) {
  auto const from_stock = give();
  auto const made = give(true);
  lanes::ReadLanes readers(database.file, database.keys, 1, 16);
  StretchPass stretch(writer, readers, database.keys);
  while (stretch.run([] { return false; })) {
  }
  auto const told = last_sequence();
  ASSERT_TRUE(undo(from_stock.card));
  ASSERT_TRUE(undo(made.card));
  write([&](ledger::WriteTx& tx) {
    for (auto const& part : {full_cards_part(tx, tx.now()), *cards_delta(tx, told, tx.now())}) {
      std::multiset<StoredState> states;
      for (auto const& row : part.rows) states.insert(row.state);
      EXPECT_EQ(states, (std::multiset{StoredState::stock, StoredState::void_})) << part.base;
      EXPECT_TRUE(part.newly_dead.empty());
    }
    return true;
  });
}

}  // namespace
}  // namespace kaiku::use_cases
